"""What is brought for prisoners: listed, decided, kept, handed over, sent back."""
