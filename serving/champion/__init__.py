"""The champion in its seat: tried by a process of its own, followed, swapped, and taken back."""
