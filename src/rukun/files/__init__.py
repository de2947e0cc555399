"""Files as such: what they are, their rows and cells, and the list of what is wrong with them."""
