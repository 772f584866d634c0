# The tree of places
place-label = Place
place-all = All places
place-choose = Choose a community
place-code = Place code
place-kind-province = Province
place-kind-city = City
place-kind-district = District
place-kind-subdistrict = Subdistrict
place-kind-community = Community
place-kind-estate = Estate
place-kind-building = Building
place-kind-unit = Entrance
place-kind-household = Household
