"""What is being said in public: posts, narratives and their spread. Pure; needs ``rukun[talk]``."""
