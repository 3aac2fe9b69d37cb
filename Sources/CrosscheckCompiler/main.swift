print("crosscheck-compiler")
