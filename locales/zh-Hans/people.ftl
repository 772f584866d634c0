# People and roles
person-resident = 居民
person-anonymous = 未署名
person-name = 称呼
sign-in = 登录
sign-out = 退出
role-worker = 社区工作者
role-officer = 街道工作人员
role-auditor = 核查人
