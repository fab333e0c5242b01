# language: zh-CN
功能: 写错的政策文件不能生效
  政策文件由人填写,写错了要说清错在哪里,原来的版本照旧有效。

  场景: 各种写错的文件
    假如 按照北京的通知
    那么 下列改动都被退回,说明在哪个文件、哪一行、哪个键
      | 改动 | 原因 | 键 |
      | 写了不认识的键 | policy.unknown_key | in_force.fare |
      | 起止日期颠倒 | policy.never_opens | in_force |
      | 同一家银行写了两次 | policy.twice | banks |
      | 写了城市名单以外的银行 | policy.unknown_bank | banks |
      | 条款没有出处 | policy.missing_key | in_force |
      | 用别名把内容成倍放大 | policy.alias | |
      | 一层套一层没有尽头 | policy.too_deep | |
      | 文件大得没有道理 | policy.too_big | |
      | 天数写成文字 | policy.wrong_kind | days |
      | 指向不存在的领卡方式 | policy.unknown_name | deliveries |
      | 新版本与旧版本同一天起 | policy.edition_order | in_force |
    并且 原来的版本照旧有效
