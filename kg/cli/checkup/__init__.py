"""What `kg doctor` looks at, one module a subject; each check gives findings and changes nothing."""
