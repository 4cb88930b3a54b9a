"""How things, words of articles, networks and figures look in a notebook, from what is told of them."""
