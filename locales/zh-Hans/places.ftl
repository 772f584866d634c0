# The tree of places
place-label = 地点
place-all = 全部地点
place-choose = 请选择社区
place-code = 区划代码
place-kind-province = 省
place-kind-city = 市
place-kind-district = 区
place-kind-subdistrict = 街道
place-kind-community = 社区
place-kind-estate = 小区
place-kind-building = 楼
place-kind-unit = 单元
place-kind-household = 户
