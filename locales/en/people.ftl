# People and roles
person-resident = Resident
person-anonymous = Unsigned
person-name = Name
sign-in = Sign in
sign-out = Sign out
