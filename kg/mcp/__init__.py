"""The graph for language models: a read-only server of the Model Context Protocol."""
