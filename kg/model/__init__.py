"""The records that pass between the stages: frozen, typed, without input or output."""
