# The tree of places
place-label = 장소
place-all = 모든 장소
place-choose = 사구(社区)를 선택해 주세요
place-code = 행정 구역 코드
place-kind-province = 성
place-kind-city = 시
place-kind-district = 구
place-kind-subdistrict = 가도(街道)
place-kind-community = 사구(社区)
place-kind-estate = 단지
place-kind-building = 건물
place-kind-unit = 현관 구역
place-kind-household = 세대
