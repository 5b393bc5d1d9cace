"""What leaves the program: text set on paper and in workbooks, read back and shown before it goes."""
