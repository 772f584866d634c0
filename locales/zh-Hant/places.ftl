# The tree of places
place-label = 地點
place-all = 全部地點
place-choose = 請選擇社區
place-code = 區劃代碼
place-kind-province = 省
place-kind-city = 市
place-kind-district = 區
place-kind-subdistrict = 街道
place-kind-community = 社區
place-kind-estate = 小區
place-kind-building = 樓
place-kind-unit = 單元
place-kind-household = 戶
