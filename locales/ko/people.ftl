# People and roles
person-resident = 주민
person-anonymous = 이름 없음
person-name = 이름
sign-in = 로그인
sign-out = 로그아웃
