"""What people read: the answer, the review page, sentences in French and English."""
