"""Files that go to others sealed and come back from them: age files and what is in them.

One module for each kind of file, which writes it and reads it strictly; what cannot be used is
refused with the reason.
"""
