"""What people asked, over a period: for staff, to see what is missed, and to mend it. No visitor can be recognised in it."""
