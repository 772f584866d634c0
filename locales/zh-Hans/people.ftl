# People and roles
person-resident = 居民
person-anonymous = 未署名
person-name = 称呼
sign-in = 登录
sign-out = 退出
