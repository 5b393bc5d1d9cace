"""The page "Einstellungen": the centre, its schools, how the program looks here, the lists it ships."""
