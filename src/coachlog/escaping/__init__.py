"""Typed words written into other languages: one module a language, one escaper each.

Whatever reads the language (a shell, a browser, a mail program) is to get exactly the words that
were typed, and is to do nothing because of them. The tests of each module ask a real reader.
"""
