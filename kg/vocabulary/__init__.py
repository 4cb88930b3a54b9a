"""What the project knows of the world: the ontology's terms, and Vietnam's administrative units by date."""
