# People and roles
person-resident = 居民
person-anonymous = 未署名
person-name = 稱呼
sign-in = 登入
sign-out = 登出
