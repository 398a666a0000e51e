"""The words for yes and no, as people and exports write them."""

YES = ("true", "yes", "y", "1", "1.0", "oui", "o", "vrai", "checked", "ja", "wahr")
NO = ("false", "no", "n", "0", "0.0", "non", "faux", "unchecked", "nein", "falsch")
