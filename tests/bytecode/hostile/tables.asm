; Tables, layout of types and fields. Every case follows "node / type" (trie node 0, entry for other types).
; case control out of range: E0605 `control` of type_control 0
type_control control=3
; case range out of range: E0605 `steps` of path 0 reaches outside
path steps=0+1
; case range that wraps around: E0605 `steps` of path 0 reaches outside
step name="a"
path steps=4294967295+2
; case block out of range: E0605 `applicable` of control 0
control applicable=0
; case constant of a parameter out of range: E0605 `value` of parameter 0
parameter name="p" value=7
; case relation out of range: E0605 `relation` of control 0
control relation=1
block truths=1
  AndBegin t0
  ReturnTruth t0
; case empty block: E0604 do not lie one after the other
block truths=1
; case allowed values are no array: E0604 allowed values of a parameter
constant =1
parameter name="p" allowed=0
; case source map out of order: E0604 source map is not in code order
source instruction=1 line=1
source instruction=0 line=2
block truths=1
  AndBegin t0
  ReturnTruth t0
; case step in capitals: E0604 a path step is not in lower case
step name="Rules"
; case type of a path in capitals: E0604 type of a path
path type="Contoso.Lab/widgets"
; case pattern without a variable: E0604 lacks its phrase or its variable
path pattern="{a}"
; case paths out of order: E0604 paths of field `x` are not in order
path type="b/b"
path type="a/a"
field name="x" paths=0+2
; case path for all types behind others: E0604 paths of field `x` are not in order
path type="b/b"
path
field name="x" paths=0+2
; case type without a name: E0604 a type has no name
type
; case type in capitals: E0604 a type has no name in lower case
type name="A/a"
; case types out of order: E0604 the types are not in order
type name="b/b"
type name="a/a"
; case type twice: E0604 the types are not in order
type name="a/a"
type name="a/a"
; case slot without a node: E0604 there are more slots than trie nodes
type name="a/a" slots=9
; case slot that no node fills: E0604 a slot is filled by no trie node
node
type name="a/a" trie=1 slots=1
; case node fills a foreign slot: E0604 fills a slot that its type does not have
node slot=1
type name="a/a" trie=1 slots=1
; case two nodes fill one slot: E0604 two trie nodes fill one slot
node slot=0 children=2+1
node key="a" slot=0
type name="a/a" trie=1 slots=1
; case trie that goes back: E0604 a trie is not a tree
node children=1+1
type name="a/a" trie=1
; case trie with two parents: E0604 a trie is not a tree
node children=2+2
node key="a" children=3+1
node key="b"
type name="a/a" trie=1
; case trie shared by types: E0604 two types share a trie
node children=2+1
node key="a"
type name="a/a" trie=1
type name="b/b" trie=1
; case trie keys out of order: E0604 children of a trie node are not in order
node children=2+2
node key="b"
node key="a"
type name="a/a" trie=1
; case trie key in capitals: E0604 a trie key is not in lower case
node children=2+1
node key="A"
type name="a/a" trie=1
; case slot uses out of order: E0604 slot uses of a type are not in order
path
field name="x" paths=0+1
use field=0
use field=0
type name="a/a" uses=0+2
; case use of another field's path: E0604 belongs to another field's path
path
path
field name="x" paths=0+1
use field=0 path=1
type name="a/a" uses=0+1
; case use of another type's path: E0604 belongs to another type's path
path type="b/b"
field name="x" paths=0+1
use field=0 path=0
type name="a/a" uses=0+1
; case use of a missing slot: E0604 is not a slot of the type
path steps="a"
field name="x" paths=0+1
use field=0 path=0 slot=0
type name="a/a" uses=0+1
; case use that leaves too many steps: E0604 leaves more steps than its path has
path steps="a"
field name="x" paths=0+1
use field=0 path=0 slot=0 steps="a.b"
node slot=0
type name="a/a" uses=0+1 trie=1 slots=1
; case use that leaves other steps: E0604 leaves other steps
path steps="a.b"
field name="x" paths=0+1
use field=0 path=0 slot=0 steps="c"
node children=2+1
node key="a" slot=0
type name="a/a" uses=0+1 trie=1 slots=1
; case use behind an array: E0604 lies behind a [*]
path steps="a[*].b"
field name="x" paths=0+1
use field=0 path=0 slot=0
node children=2+1
node key="a" children=3+1
node key="b" slot=0
type name="a/a" uses=0+1 trie=1 slots=1
; case use that forgets its array: E0604 lies behind a [*]
path steps="a[*]"
field name="x" paths=0+1
use field=0 path=0 slot=0
node children=2+1
node key="a" slot=0
type name="a/a" uses=0+1 trie=1 slots=1
; case use of another place: E0604 is filled from another path
path steps="a.b"
field name="x" paths=0+1
use field=0 path=0 slot=0
node children=2+1
node key="a" slot=0
type name="a/a" uses=0+1 trie=1 slots=1
; case version out of reach: E0604 hides the path of another API version
version api_version="2015" steps="c"
path steps="a" versions=0+1
field name="x" paths=0+1
use field=0 path=0 slot=0
node children=2+1
node key="a" slot=0
type name="a/a" uses=0+1 trie=1 slots=1
; case fallback out of reach: E0604 hides the fallback below `properties`
path steps="a" flags=1
field name="x" paths=0+1
use field=0 path=0 slot=0
node children=2+1
node key="a" slot=0
type name="a/a" uses=0+1 trie=1 slots=1
; case path with many arrays: E0612 a path has too many steps
path steps="a[*].a[*].a[*].a[*].a[*].a[*].a[*].a[*].a[*]"
; case loops too deep: E0612 iterates too deeply
block values=1 truths=1 binders=20
  LoadConstant v0 =[1]
  CountValue b0 v0 @e0
  s0: TruthConstant t0
  CountValue b1 v0 @e1
  s1: TruthConstant t0
  CountValue b2 v0 @e2
  s2: TruthConstant t0
  CountValue b3 v0 @e3
  s3: TruthConstant t0
  CountValue b4 v0 @e4
  s4: TruthConstant t0
  CountValue b5 v0 @e5
  s5: TruthConstant t0
  CountValue b6 v0 @e6
  s6: TruthConstant t0
  CountValue b7 v0 @e7
  s7: TruthConstant t0
  CountValue b8 v0 @e8
  s8: TruthConstant t0
  CountValue b9 v0 @e9
  s9: TruthConstant t0
  CountValue b10 v0 @e10
  s10: TruthConstant t0
  CountValue b11 v0 @e11
  s11: TruthConstant t0
  CountValue b12 v0 @e12
  s12: TruthConstant t0
  CountValue b13 v0 @e13
  s13: TruthConstant t0
  CountValue b14 v0 @e14
  s14: TruthConstant t0
  CountValue b15 v0 @e15
  s15: TruthConstant t0
  CountValue b16 v0 @e16
  s16: TruthConstant t0
  CountNext b16 t0 @s16
  e16: TruthConstant t0
  CountNext b15 t0 @s15
  e15: TruthConstant t0
  CountNext b14 t0 @s14
  e14: TruthConstant t0
  CountNext b13 t0 @s13
  e13: TruthConstant t0
  CountNext b12 t0 @s12
  e12: TruthConstant t0
  CountNext b11 t0 @s11
  e11: TruthConstant t0
  CountNext b10 t0 @s10
  e10: TruthConstant t0
  CountNext b9 t0 @s9
  e9: TruthConstant t0
  CountNext b8 t0 @s8
  e8: TruthConstant t0
  CountNext b7 t0 @s7
  e7: TruthConstant t0
  CountNext b6 t0 @s6
  e6: TruthConstant t0
  CountNext b5 t0 @s5
  e5: TruthConstant t0
  CountNext b4 t0 @s4
  e4: TruthConstant t0
  CountNext b3 t0 @s3
  e3: TruthConstant t0
  CountNext b2 t0 @s2
  e2: TruthConstant t0
  CountNext b1 t0 @s1
  e1: TruthConstant t0
  CountNext b0 t0 @s0
  e0: TruthConstant t0
  ReturnValue v0
; case tests too deep: E0612 run each other too deeply
test block=0
test block=1
test block=2
test block=3
test block=4
test block=5
test block=6
test block=7
test block=8
test block=9
test block=10
test block=11
test block=12
test block=13
test block=14
test block=15
test block=16
test block=17
test block=18
test block=19
test block=20
test block=21
test block=22
test block=23
test block=24
test block=25
test block=26
test block=27
test block=28
test block=29
test block=30
test block=31
test block=32
test block=33
test block=34
test block=35
test block=36
test block=37
test block=38
test block=39
test block=40
test block=41
test block=42
test block=43
test block=44
test block=45
test block=46
test block=47
test block=48
test block=49
test block=50
test block=51
test block=52
test block=53
test block=54
test block=55
test block=56
test block=57
test block=58
test block=59
test block=60
test block=61
test block=62
test block=63
test block=64
test block=65
test block=66
test block=67
test block=68
test block=69
test block=70
test block=71
test block=72
test block=73
test block=74
test block=75
test block=76
test block=77
test block=78
test block=79
test block=80
test block=81
test block=82
test block=83
test block=84
test block=85
test block=86
test block=87
test block=88
test block=89
test block=90
test block=91
test block=92
test block=93
test block=94
test block=95
test block=96
test block=97
test block=98
test block=99
test block=100
test block=101
test block=102
test block=103
test block=104
test block=105
test block=106
test block=107
test block=108
test block=109
test block=110
test block=111
test block=112
test block=113
test block=114
test block=115
test block=116
test block=117
test block=118
test block=119
test block=120
test block=121
test block=122
test block=123
test block=124
test block=125
test block=126
test block=127
test block=128
test block=129
test block=130
test block=131
test block=132
test block=133
test block=134
test block=135
test block=136
test block=137
test block=138
test block=139
test block=140
test block=141
test block=142
test block=143
test block=144
test block=145
test block=146
test block=147
test block=148
test block=149
test block=150
test block=151
test block=152
test block=153
test block=154
test block=155
test block=156
test block=157
test block=158
test block=159
test block=160
test block=161
test block=162
test block=163
test block=164
test block=165
test block=166
test block=167
test block=168
test block=169
test block=170
test block=171
test block=172
test block=173
test block=174
test block=175
test block=176
test block=177
test block=178
test block=179
test block=180
test block=181
test block=182
test block=183
test block=184
test block=185
test block=186
test block=187
test block=188
test block=189
test block=190
test block=191
test block=192
test block=193
test block=194
test block=195
test block=196
test block=197
test block=198
test block=199
test block=200
test block=201
test block=202
test block=203
test block=204
test block=205
test block=206
test block=207
test block=208
test block=209
test block=210
test block=211
test block=212
test block=213
test block=214
test block=215
test block=216
test block=217
test block=218
test block=219
test block=220
test block=221
test block=222
test block=223
test block=224
test block=225
test block=226
test block=227
test block=228
test block=229
test block=230
test block=231
test block=232
test block=233
test block=234
test block=235
test block=236
test block=237
test block=238
test block=239
test block=240
test block=241
test block=242
test block=243
test block=244
test block=245
test block=246
test block=247
test block=248
test block=249
test block=250
test block=251
test block=252
test block=253
test block=254
test block=255
test block=256
test block=257
test block=258
test block=259
test block=260
test block=261
test block=262
test block=263
test block=264
test block=265
test block=266
test block=267
test block=268
test block=269
test block=270
test block=271
test block=272
test block=273
test block=274
test block=275
test block=276
test block=277
test block=278
test block=279
test block=280
test block=281
test block=282
test block=283
test block=284
test block=285
test block=286
test block=287
test block=288
test block=289
test block=290
test block=291
test block=292
test block=293
test block=294
test block=295
test block=296
test block=297
test block=298
test block=299
test block=300
test block=301
test block=302
test block=303
test block=304
test block=305
test block=306
test block=307
test block=308
test block=309
test block=310
test block=311
test block=312
test block=313
test block=314
test block=315
test block=316
test block=317
test block=318
test block=319
test block=320
test block=321
test block=322
test block=323
test block=324
test block=325
test block=326
test block=327
test block=328
test block=329
test block=330
test block=331
test block=332
test block=333
test block=334
test block=335
test block=336
test block=337
test block=338
test block=339
test block=340
test block=341
test block=342
test block=343
test block=344
test block=345
test block=346
test block=347
test block=348
test block=349
test block=350
test block=351
test block=352
test block=353
test block=354
test block=355
test block=356
test block=357
test block=358
test block=359
test block=360
test block=361
test block=362
test block=363
test block=364
test block=365
test block=366
test block=367
test block=368
test block=369
test block=370
test block=371
test block=372
test block=373
test block=374
test block=375
test block=376
test block=377
test block=378
test block=379
test block=380
test block=381
test block=382
test block=383
test block=384
test block=385
test block=386
test block=387
test block=388
test block=389
test block=390
test block=391
test block=392
test block=393
test block=394
test block=395
test block=396
test block=397
test block=398
test block=399
test block=400
test block=401
test block=402
test block=403
test block=404
test block=405
test block=406
test block=407
test block=408
test block=409
test block=410
test block=411
test block=412
test block=413
test block=414
test block=415
test block=416
test block=417
test block=418
test block=419
test block=420
test block=421
test block=422
test block=423
test block=424
test block=425
test block=426
test block=427
test block=428
test block=429
test block=430
test block=431
test block=432
test block=433
test block=434
test block=435
test block=436
test block=437
test block=438
test block=439
test block=440
test block=441
test block=442
test block=443
test block=444
test block=445
test block=446
test block=447
test block=448
test block=449
test block=450
test block=451
test block=452
test block=453
test block=454
test block=455
test block=456
test block=457
test block=458
test block=459
test block=460
test block=461
test block=462
test block=463
test block=464
test block=465
test block=466
test block=467
test block=468
test block=469
test block=470
test block=471
test block=472
test block=473
test block=474
test block=475
test block=476
test block=477
test block=478
test block=479
test block=480
test block=481
test block=482
test block=483
test block=484
test block=485
test block=486
test block=487
test block=488
test block=489
test block=490
test block=491
test block=492
test block=493
test block=494
test block=495
test block=496
test block=497
test block=498
test block=499
test block=500
test block=501
test block=502
test block=503
test block=504
test block=505
test block=506
test block=507
test block=508
test block=509
test block=510
test block=511
test block=512
block truths=1
  AndBegin t0
  ReturnTruth t0
block truths=1
  RunTest t0 test0
  ReturnTruth t0
block truths=1
  RunTest t0 test1
  ReturnTruth t0
block truths=1
  RunTest t0 test2
  ReturnTruth t0
block truths=1
  RunTest t0 test3
  ReturnTruth t0
block truths=1
  RunTest t0 test4
  ReturnTruth t0
block truths=1
  RunTest t0 test5
  ReturnTruth t0
block truths=1
  RunTest t0 test6
  ReturnTruth t0
block truths=1
  RunTest t0 test7
  ReturnTruth t0
block truths=1
  RunTest t0 test8
  ReturnTruth t0
block truths=1
  RunTest t0 test9
  ReturnTruth t0
block truths=1
  RunTest t0 test10
  ReturnTruth t0
block truths=1
  RunTest t0 test11
  ReturnTruth t0
block truths=1
  RunTest t0 test12
  ReturnTruth t0
block truths=1
  RunTest t0 test13
  ReturnTruth t0
block truths=1
  RunTest t0 test14
  ReturnTruth t0
block truths=1
  RunTest t0 test15
  ReturnTruth t0
block truths=1
  RunTest t0 test16
  ReturnTruth t0
block truths=1
  RunTest t0 test17
  ReturnTruth t0
block truths=1
  RunTest t0 test18
  ReturnTruth t0
block truths=1
  RunTest t0 test19
  ReturnTruth t0
block truths=1
  RunTest t0 test20
  ReturnTruth t0
block truths=1
  RunTest t0 test21
  ReturnTruth t0
block truths=1
  RunTest t0 test22
  ReturnTruth t0
block truths=1
  RunTest t0 test23
  ReturnTruth t0
block truths=1
  RunTest t0 test24
  ReturnTruth t0
block truths=1
  RunTest t0 test25
  ReturnTruth t0
block truths=1
  RunTest t0 test26
  ReturnTruth t0
block truths=1
  RunTest t0 test27
  ReturnTruth t0
block truths=1
  RunTest t0 test28
  ReturnTruth t0
block truths=1
  RunTest t0 test29
  ReturnTruth t0
block truths=1
  RunTest t0 test30
  ReturnTruth t0
block truths=1
  RunTest t0 test31
  ReturnTruth t0
block truths=1
  RunTest t0 test32
  ReturnTruth t0
block truths=1
  RunTest t0 test33
  ReturnTruth t0
block truths=1
  RunTest t0 test34
  ReturnTruth t0
block truths=1
  RunTest t0 test35
  ReturnTruth t0
block truths=1
  RunTest t0 test36
  ReturnTruth t0
block truths=1
  RunTest t0 test37
  ReturnTruth t0
block truths=1
  RunTest t0 test38
  ReturnTruth t0
block truths=1
  RunTest t0 test39
  ReturnTruth t0
block truths=1
  RunTest t0 test40
  ReturnTruth t0
block truths=1
  RunTest t0 test41
  ReturnTruth t0
block truths=1
  RunTest t0 test42
  ReturnTruth t0
block truths=1
  RunTest t0 test43
  ReturnTruth t0
block truths=1
  RunTest t0 test44
  ReturnTruth t0
block truths=1
  RunTest t0 test45
  ReturnTruth t0
block truths=1
  RunTest t0 test46
  ReturnTruth t0
block truths=1
  RunTest t0 test47
  ReturnTruth t0
block truths=1
  RunTest t0 test48
  ReturnTruth t0
block truths=1
  RunTest t0 test49
  ReturnTruth t0
block truths=1
  RunTest t0 test50
  ReturnTruth t0
block truths=1
  RunTest t0 test51
  ReturnTruth t0
block truths=1
  RunTest t0 test52
  ReturnTruth t0
block truths=1
  RunTest t0 test53
  ReturnTruth t0
block truths=1
  RunTest t0 test54
  ReturnTruth t0
block truths=1
  RunTest t0 test55
  ReturnTruth t0
block truths=1
  RunTest t0 test56
  ReturnTruth t0
block truths=1
  RunTest t0 test57
  ReturnTruth t0
block truths=1
  RunTest t0 test58
  ReturnTruth t0
block truths=1
  RunTest t0 test59
  ReturnTruth t0
block truths=1
  RunTest t0 test60
  ReturnTruth t0
block truths=1
  RunTest t0 test61
  ReturnTruth t0
block truths=1
  RunTest t0 test62
  ReturnTruth t0
block truths=1
  RunTest t0 test63
  ReturnTruth t0
block truths=1
  RunTest t0 test64
  ReturnTruth t0
block truths=1
  RunTest t0 test65
  ReturnTruth t0
block truths=1
  RunTest t0 test66
  ReturnTruth t0
block truths=1
  RunTest t0 test67
  ReturnTruth t0
block truths=1
  RunTest t0 test68
  ReturnTruth t0
block truths=1
  RunTest t0 test69
  ReturnTruth t0
block truths=1
  RunTest t0 test70
  ReturnTruth t0
block truths=1
  RunTest t0 test71
  ReturnTruth t0
block truths=1
  RunTest t0 test72
  ReturnTruth t0
block truths=1
  RunTest t0 test73
  ReturnTruth t0
block truths=1
  RunTest t0 test74
  ReturnTruth t0
block truths=1
  RunTest t0 test75
  ReturnTruth t0
block truths=1
  RunTest t0 test76
  ReturnTruth t0
block truths=1
  RunTest t0 test77
  ReturnTruth t0
block truths=1
  RunTest t0 test78
  ReturnTruth t0
block truths=1
  RunTest t0 test79
  ReturnTruth t0
block truths=1
  RunTest t0 test80
  ReturnTruth t0
block truths=1
  RunTest t0 test81
  ReturnTruth t0
block truths=1
  RunTest t0 test82
  ReturnTruth t0
block truths=1
  RunTest t0 test83
  ReturnTruth t0
block truths=1
  RunTest t0 test84
  ReturnTruth t0
block truths=1
  RunTest t0 test85
  ReturnTruth t0
block truths=1
  RunTest t0 test86
  ReturnTruth t0
block truths=1
  RunTest t0 test87
  ReturnTruth t0
block truths=1
  RunTest t0 test88
  ReturnTruth t0
block truths=1
  RunTest t0 test89
  ReturnTruth t0
block truths=1
  RunTest t0 test90
  ReturnTruth t0
block truths=1
  RunTest t0 test91
  ReturnTruth t0
block truths=1
  RunTest t0 test92
  ReturnTruth t0
block truths=1
  RunTest t0 test93
  ReturnTruth t0
block truths=1
  RunTest t0 test94
  ReturnTruth t0
block truths=1
  RunTest t0 test95
  ReturnTruth t0
block truths=1
  RunTest t0 test96
  ReturnTruth t0
block truths=1
  RunTest t0 test97
  ReturnTruth t0
block truths=1
  RunTest t0 test98
  ReturnTruth t0
block truths=1
  RunTest t0 test99
  ReturnTruth t0
block truths=1
  RunTest t0 test100
  ReturnTruth t0
block truths=1
  RunTest t0 test101
  ReturnTruth t0
block truths=1
  RunTest t0 test102
  ReturnTruth t0
block truths=1
  RunTest t0 test103
  ReturnTruth t0
block truths=1
  RunTest t0 test104
  ReturnTruth t0
block truths=1
  RunTest t0 test105
  ReturnTruth t0
block truths=1
  RunTest t0 test106
  ReturnTruth t0
block truths=1
  RunTest t0 test107
  ReturnTruth t0
block truths=1
  RunTest t0 test108
  ReturnTruth t0
block truths=1
  RunTest t0 test109
  ReturnTruth t0
block truths=1
  RunTest t0 test110
  ReturnTruth t0
block truths=1
  RunTest t0 test111
  ReturnTruth t0
block truths=1
  RunTest t0 test112
  ReturnTruth t0
block truths=1
  RunTest t0 test113
  ReturnTruth t0
block truths=1
  RunTest t0 test114
  ReturnTruth t0
block truths=1
  RunTest t0 test115
  ReturnTruth t0
block truths=1
  RunTest t0 test116
  ReturnTruth t0
block truths=1
  RunTest t0 test117
  ReturnTruth t0
block truths=1
  RunTest t0 test118
  ReturnTruth t0
block truths=1
  RunTest t0 test119
  ReturnTruth t0
block truths=1
  RunTest t0 test120
  ReturnTruth t0
block truths=1
  RunTest t0 test121
  ReturnTruth t0
block truths=1
  RunTest t0 test122
  ReturnTruth t0
block truths=1
  RunTest t0 test123
  ReturnTruth t0
block truths=1
  RunTest t0 test124
  ReturnTruth t0
block truths=1
  RunTest t0 test125
  ReturnTruth t0
block truths=1
  RunTest t0 test126
  ReturnTruth t0
block truths=1
  RunTest t0 test127
  ReturnTruth t0
block truths=1
  RunTest t0 test128
  ReturnTruth t0
block truths=1
  RunTest t0 test129
  ReturnTruth t0
block truths=1
  RunTest t0 test130
  ReturnTruth t0
block truths=1
  RunTest t0 test131
  ReturnTruth t0
block truths=1
  RunTest t0 test132
  ReturnTruth t0
block truths=1
  RunTest t0 test133
  ReturnTruth t0
block truths=1
  RunTest t0 test134
  ReturnTruth t0
block truths=1
  RunTest t0 test135
  ReturnTruth t0
block truths=1
  RunTest t0 test136
  ReturnTruth t0
block truths=1
  RunTest t0 test137
  ReturnTruth t0
block truths=1
  RunTest t0 test138
  ReturnTruth t0
block truths=1
  RunTest t0 test139
  ReturnTruth t0
block truths=1
  RunTest t0 test140
  ReturnTruth t0
block truths=1
  RunTest t0 test141
  ReturnTruth t0
block truths=1
  RunTest t0 test142
  ReturnTruth t0
block truths=1
  RunTest t0 test143
  ReturnTruth t0
block truths=1
  RunTest t0 test144
  ReturnTruth t0
block truths=1
  RunTest t0 test145
  ReturnTruth t0
block truths=1
  RunTest t0 test146
  ReturnTruth t0
block truths=1
  RunTest t0 test147
  ReturnTruth t0
block truths=1
  RunTest t0 test148
  ReturnTruth t0
block truths=1
  RunTest t0 test149
  ReturnTruth t0
block truths=1
  RunTest t0 test150
  ReturnTruth t0
block truths=1
  RunTest t0 test151
  ReturnTruth t0
block truths=1
  RunTest t0 test152
  ReturnTruth t0
block truths=1
  RunTest t0 test153
  ReturnTruth t0
block truths=1
  RunTest t0 test154
  ReturnTruth t0
block truths=1
  RunTest t0 test155
  ReturnTruth t0
block truths=1
  RunTest t0 test156
  ReturnTruth t0
block truths=1
  RunTest t0 test157
  ReturnTruth t0
block truths=1
  RunTest t0 test158
  ReturnTruth t0
block truths=1
  RunTest t0 test159
  ReturnTruth t0
block truths=1
  RunTest t0 test160
  ReturnTruth t0
block truths=1
  RunTest t0 test161
  ReturnTruth t0
block truths=1
  RunTest t0 test162
  ReturnTruth t0
block truths=1
  RunTest t0 test163
  ReturnTruth t0
block truths=1
  RunTest t0 test164
  ReturnTruth t0
block truths=1
  RunTest t0 test165
  ReturnTruth t0
block truths=1
  RunTest t0 test166
  ReturnTruth t0
block truths=1
  RunTest t0 test167
  ReturnTruth t0
block truths=1
  RunTest t0 test168
  ReturnTruth t0
block truths=1
  RunTest t0 test169
  ReturnTruth t0
block truths=1
  RunTest t0 test170
  ReturnTruth t0
block truths=1
  RunTest t0 test171
  ReturnTruth t0
block truths=1
  RunTest t0 test172
  ReturnTruth t0
block truths=1
  RunTest t0 test173
  ReturnTruth t0
block truths=1
  RunTest t0 test174
  ReturnTruth t0
block truths=1
  RunTest t0 test175
  ReturnTruth t0
block truths=1
  RunTest t0 test176
  ReturnTruth t0
block truths=1
  RunTest t0 test177
  ReturnTruth t0
block truths=1
  RunTest t0 test178
  ReturnTruth t0
block truths=1
  RunTest t0 test179
  ReturnTruth t0
block truths=1
  RunTest t0 test180
  ReturnTruth t0
block truths=1
  RunTest t0 test181
  ReturnTruth t0
block truths=1
  RunTest t0 test182
  ReturnTruth t0
block truths=1
  RunTest t0 test183
  ReturnTruth t0
block truths=1
  RunTest t0 test184
  ReturnTruth t0
block truths=1
  RunTest t0 test185
  ReturnTruth t0
block truths=1
  RunTest t0 test186
  ReturnTruth t0
block truths=1
  RunTest t0 test187
  ReturnTruth t0
block truths=1
  RunTest t0 test188
  ReturnTruth t0
block truths=1
  RunTest t0 test189
  ReturnTruth t0
block truths=1
  RunTest t0 test190
  ReturnTruth t0
block truths=1
  RunTest t0 test191
  ReturnTruth t0
block truths=1
  RunTest t0 test192
  ReturnTruth t0
block truths=1
  RunTest t0 test193
  ReturnTruth t0
block truths=1
  RunTest t0 test194
  ReturnTruth t0
block truths=1
  RunTest t0 test195
  ReturnTruth t0
block truths=1
  RunTest t0 test196
  ReturnTruth t0
block truths=1
  RunTest t0 test197
  ReturnTruth t0
block truths=1
  RunTest t0 test198
  ReturnTruth t0
block truths=1
  RunTest t0 test199
  ReturnTruth t0
block truths=1
  RunTest t0 test200
  ReturnTruth t0
block truths=1
  RunTest t0 test201
  ReturnTruth t0
block truths=1
  RunTest t0 test202
  ReturnTruth t0
block truths=1
  RunTest t0 test203
  ReturnTruth t0
block truths=1
  RunTest t0 test204
  ReturnTruth t0
block truths=1
  RunTest t0 test205
  ReturnTruth t0
block truths=1
  RunTest t0 test206
  ReturnTruth t0
block truths=1
  RunTest t0 test207
  ReturnTruth t0
block truths=1
  RunTest t0 test208
  ReturnTruth t0
block truths=1
  RunTest t0 test209
  ReturnTruth t0
block truths=1
  RunTest t0 test210
  ReturnTruth t0
block truths=1
  RunTest t0 test211
  ReturnTruth t0
block truths=1
  RunTest t0 test212
  ReturnTruth t0
block truths=1
  RunTest t0 test213
  ReturnTruth t0
block truths=1
  RunTest t0 test214
  ReturnTruth t0
block truths=1
  RunTest t0 test215
  ReturnTruth t0
block truths=1
  RunTest t0 test216
  ReturnTruth t0
block truths=1
  RunTest t0 test217
  ReturnTruth t0
block truths=1
  RunTest t0 test218
  ReturnTruth t0
block truths=1
  RunTest t0 test219
  ReturnTruth t0
block truths=1
  RunTest t0 test220
  ReturnTruth t0
block truths=1
  RunTest t0 test221
  ReturnTruth t0
block truths=1
  RunTest t0 test222
  ReturnTruth t0
block truths=1
  RunTest t0 test223
  ReturnTruth t0
block truths=1
  RunTest t0 test224
  ReturnTruth t0
block truths=1
  RunTest t0 test225
  ReturnTruth t0
block truths=1
  RunTest t0 test226
  ReturnTruth t0
block truths=1
  RunTest t0 test227
  ReturnTruth t0
block truths=1
  RunTest t0 test228
  ReturnTruth t0
block truths=1
  RunTest t0 test229
  ReturnTruth t0
block truths=1
  RunTest t0 test230
  ReturnTruth t0
block truths=1
  RunTest t0 test231
  ReturnTruth t0
block truths=1
  RunTest t0 test232
  ReturnTruth t0
block truths=1
  RunTest t0 test233
  ReturnTruth t0
block truths=1
  RunTest t0 test234
  ReturnTruth t0
block truths=1
  RunTest t0 test235
  ReturnTruth t0
block truths=1
  RunTest t0 test236
  ReturnTruth t0
block truths=1
  RunTest t0 test237
  ReturnTruth t0
block truths=1
  RunTest t0 test238
  ReturnTruth t0
block truths=1
  RunTest t0 test239
  ReturnTruth t0
block truths=1
  RunTest t0 test240
  ReturnTruth t0
block truths=1
  RunTest t0 test241
  ReturnTruth t0
block truths=1
  RunTest t0 test242
  ReturnTruth t0
block truths=1
  RunTest t0 test243
  ReturnTruth t0
block truths=1
  RunTest t0 test244
  ReturnTruth t0
block truths=1
  RunTest t0 test245
  ReturnTruth t0
block truths=1
  RunTest t0 test246
  ReturnTruth t0
block truths=1
  RunTest t0 test247
  ReturnTruth t0
block truths=1
  RunTest t0 test248
  ReturnTruth t0
block truths=1
  RunTest t0 test249
  ReturnTruth t0
block truths=1
  RunTest t0 test250
  ReturnTruth t0
block truths=1
  RunTest t0 test251
  ReturnTruth t0
block truths=1
  RunTest t0 test252
  ReturnTruth t0
block truths=1
  RunTest t0 test253
  ReturnTruth t0
block truths=1
  RunTest t0 test254
  ReturnTruth t0
block truths=1
  RunTest t0 test255
  ReturnTruth t0
block truths=1
  RunTest t0 test256
  ReturnTruth t0
block truths=1
  RunTest t0 test257
  ReturnTruth t0
block truths=1
  RunTest t0 test258
  ReturnTruth t0
block truths=1
  RunTest t0 test259
  ReturnTruth t0
block truths=1
  RunTest t0 test260
  ReturnTruth t0
block truths=1
  RunTest t0 test261
  ReturnTruth t0
block truths=1
  RunTest t0 test262
  ReturnTruth t0
block truths=1
  RunTest t0 test263
  ReturnTruth t0
block truths=1
  RunTest t0 test264
  ReturnTruth t0
block truths=1
  RunTest t0 test265
  ReturnTruth t0
block truths=1
  RunTest t0 test266
  ReturnTruth t0
block truths=1
  RunTest t0 test267
  ReturnTruth t0
block truths=1
  RunTest t0 test268
  ReturnTruth t0
block truths=1
  RunTest t0 test269
  ReturnTruth t0
block truths=1
  RunTest t0 test270
  ReturnTruth t0
block truths=1
  RunTest t0 test271
  ReturnTruth t0
block truths=1
  RunTest t0 test272
  ReturnTruth t0
block truths=1
  RunTest t0 test273
  ReturnTruth t0
block truths=1
  RunTest t0 test274
  ReturnTruth t0
block truths=1
  RunTest t0 test275
  ReturnTruth t0
block truths=1
  RunTest t0 test276
  ReturnTruth t0
block truths=1
  RunTest t0 test277
  ReturnTruth t0
block truths=1
  RunTest t0 test278
  ReturnTruth t0
block truths=1
  RunTest t0 test279
  ReturnTruth t0
block truths=1
  RunTest t0 test280
  ReturnTruth t0
block truths=1
  RunTest t0 test281
  ReturnTruth t0
block truths=1
  RunTest t0 test282
  ReturnTruth t0
block truths=1
  RunTest t0 test283
  ReturnTruth t0
block truths=1
  RunTest t0 test284
  ReturnTruth t0
block truths=1
  RunTest t0 test285
  ReturnTruth t0
block truths=1
  RunTest t0 test286
  ReturnTruth t0
block truths=1
  RunTest t0 test287
  ReturnTruth t0
block truths=1
  RunTest t0 test288
  ReturnTruth t0
block truths=1
  RunTest t0 test289
  ReturnTruth t0
block truths=1
  RunTest t0 test290
  ReturnTruth t0
block truths=1
  RunTest t0 test291
  ReturnTruth t0
block truths=1
  RunTest t0 test292
  ReturnTruth t0
block truths=1
  RunTest t0 test293
  ReturnTruth t0
block truths=1
  RunTest t0 test294
  ReturnTruth t0
block truths=1
  RunTest t0 test295
  ReturnTruth t0
block truths=1
  RunTest t0 test296
  ReturnTruth t0
block truths=1
  RunTest t0 test297
  ReturnTruth t0
block truths=1
  RunTest t0 test298
  ReturnTruth t0
block truths=1
  RunTest t0 test299
  ReturnTruth t0
block truths=1
  RunTest t0 test300
  ReturnTruth t0
block truths=1
  RunTest t0 test301
  ReturnTruth t0
block truths=1
  RunTest t0 test302
  ReturnTruth t0
block truths=1
  RunTest t0 test303
  ReturnTruth t0
block truths=1
  RunTest t0 test304
  ReturnTruth t0
block truths=1
  RunTest t0 test305
  ReturnTruth t0
block truths=1
  RunTest t0 test306
  ReturnTruth t0
block truths=1
  RunTest t0 test307
  ReturnTruth t0
block truths=1
  RunTest t0 test308
  ReturnTruth t0
block truths=1
  RunTest t0 test309
  ReturnTruth t0
block truths=1
  RunTest t0 test310
  ReturnTruth t0
block truths=1
  RunTest t0 test311
  ReturnTruth t0
block truths=1
  RunTest t0 test312
  ReturnTruth t0
block truths=1
  RunTest t0 test313
  ReturnTruth t0
block truths=1
  RunTest t0 test314
  ReturnTruth t0
block truths=1
  RunTest t0 test315
  ReturnTruth t0
block truths=1
  RunTest t0 test316
  ReturnTruth t0
block truths=1
  RunTest t0 test317
  ReturnTruth t0
block truths=1
  RunTest t0 test318
  ReturnTruth t0
block truths=1
  RunTest t0 test319
  ReturnTruth t0
block truths=1
  RunTest t0 test320
  ReturnTruth t0
block truths=1
  RunTest t0 test321
  ReturnTruth t0
block truths=1
  RunTest t0 test322
  ReturnTruth t0
block truths=1
  RunTest t0 test323
  ReturnTruth t0
block truths=1
  RunTest t0 test324
  ReturnTruth t0
block truths=1
  RunTest t0 test325
  ReturnTruth t0
block truths=1
  RunTest t0 test326
  ReturnTruth t0
block truths=1
  RunTest t0 test327
  ReturnTruth t0
block truths=1
  RunTest t0 test328
  ReturnTruth t0
block truths=1
  RunTest t0 test329
  ReturnTruth t0
block truths=1
  RunTest t0 test330
  ReturnTruth t0
block truths=1
  RunTest t0 test331
  ReturnTruth t0
block truths=1
  RunTest t0 test332
  ReturnTruth t0
block truths=1
  RunTest t0 test333
  ReturnTruth t0
block truths=1
  RunTest t0 test334
  ReturnTruth t0
block truths=1
  RunTest t0 test335
  ReturnTruth t0
block truths=1
  RunTest t0 test336
  ReturnTruth t0
block truths=1
  RunTest t0 test337
  ReturnTruth t0
block truths=1
  RunTest t0 test338
  ReturnTruth t0
block truths=1
  RunTest t0 test339
  ReturnTruth t0
block truths=1
  RunTest t0 test340
  ReturnTruth t0
block truths=1
  RunTest t0 test341
  ReturnTruth t0
block truths=1
  RunTest t0 test342
  ReturnTruth t0
block truths=1
  RunTest t0 test343
  ReturnTruth t0
block truths=1
  RunTest t0 test344
  ReturnTruth t0
block truths=1
  RunTest t0 test345
  ReturnTruth t0
block truths=1
  RunTest t0 test346
  ReturnTruth t0
block truths=1
  RunTest t0 test347
  ReturnTruth t0
block truths=1
  RunTest t0 test348
  ReturnTruth t0
block truths=1
  RunTest t0 test349
  ReturnTruth t0
block truths=1
  RunTest t0 test350
  ReturnTruth t0
block truths=1
  RunTest t0 test351
  ReturnTruth t0
block truths=1
  RunTest t0 test352
  ReturnTruth t0
block truths=1
  RunTest t0 test353
  ReturnTruth t0
block truths=1
  RunTest t0 test354
  ReturnTruth t0
block truths=1
  RunTest t0 test355
  ReturnTruth t0
block truths=1
  RunTest t0 test356
  ReturnTruth t0
block truths=1
  RunTest t0 test357
  ReturnTruth t0
block truths=1
  RunTest t0 test358
  ReturnTruth t0
block truths=1
  RunTest t0 test359
  ReturnTruth t0
block truths=1
  RunTest t0 test360
  ReturnTruth t0
block truths=1
  RunTest t0 test361
  ReturnTruth t0
block truths=1
  RunTest t0 test362
  ReturnTruth t0
block truths=1
  RunTest t0 test363
  ReturnTruth t0
block truths=1
  RunTest t0 test364
  ReturnTruth t0
block truths=1
  RunTest t0 test365
  ReturnTruth t0
block truths=1
  RunTest t0 test366
  ReturnTruth t0
block truths=1
  RunTest t0 test367
  ReturnTruth t0
block truths=1
  RunTest t0 test368
  ReturnTruth t0
block truths=1
  RunTest t0 test369
  ReturnTruth t0
block truths=1
  RunTest t0 test370
  ReturnTruth t0
block truths=1
  RunTest t0 test371
  ReturnTruth t0
block truths=1
  RunTest t0 test372
  ReturnTruth t0
block truths=1
  RunTest t0 test373
  ReturnTruth t0
block truths=1
  RunTest t0 test374
  ReturnTruth t0
block truths=1
  RunTest t0 test375
  ReturnTruth t0
block truths=1
  RunTest t0 test376
  ReturnTruth t0
block truths=1
  RunTest t0 test377
  ReturnTruth t0
block truths=1
  RunTest t0 test378
  ReturnTruth t0
block truths=1
  RunTest t0 test379
  ReturnTruth t0
block truths=1
  RunTest t0 test380
  ReturnTruth t0
block truths=1
  RunTest t0 test381
  ReturnTruth t0
block truths=1
  RunTest t0 test382
  ReturnTruth t0
block truths=1
  RunTest t0 test383
  ReturnTruth t0
block truths=1
  RunTest t0 test384
  ReturnTruth t0
block truths=1
  RunTest t0 test385
  ReturnTruth t0
block truths=1
  RunTest t0 test386
  ReturnTruth t0
block truths=1
  RunTest t0 test387
  ReturnTruth t0
block truths=1
  RunTest t0 test388
  ReturnTruth t0
block truths=1
  RunTest t0 test389
  ReturnTruth t0
block truths=1
  RunTest t0 test390
  ReturnTruth t0
block truths=1
  RunTest t0 test391
  ReturnTruth t0
block truths=1
  RunTest t0 test392
  ReturnTruth t0
block truths=1
  RunTest t0 test393
  ReturnTruth t0
block truths=1
  RunTest t0 test394
  ReturnTruth t0
block truths=1
  RunTest t0 test395
  ReturnTruth t0
block truths=1
  RunTest t0 test396
  ReturnTruth t0
block truths=1
  RunTest t0 test397
  ReturnTruth t0
block truths=1
  RunTest t0 test398
  ReturnTruth t0
block truths=1
  RunTest t0 test399
  ReturnTruth t0
block truths=1
  RunTest t0 test400
  ReturnTruth t0
block truths=1
  RunTest t0 test401
  ReturnTruth t0
block truths=1
  RunTest t0 test402
  ReturnTruth t0
block truths=1
  RunTest t0 test403
  ReturnTruth t0
block truths=1
  RunTest t0 test404
  ReturnTruth t0
block truths=1
  RunTest t0 test405
  ReturnTruth t0
block truths=1
  RunTest t0 test406
  ReturnTruth t0
block truths=1
  RunTest t0 test407
  ReturnTruth t0
block truths=1
  RunTest t0 test408
  ReturnTruth t0
block truths=1
  RunTest t0 test409
  ReturnTruth t0
block truths=1
  RunTest t0 test410
  ReturnTruth t0
block truths=1
  RunTest t0 test411
  ReturnTruth t0
block truths=1
  RunTest t0 test412
  ReturnTruth t0
block truths=1
  RunTest t0 test413
  ReturnTruth t0
block truths=1
  RunTest t0 test414
  ReturnTruth t0
block truths=1
  RunTest t0 test415
  ReturnTruth t0
block truths=1
  RunTest t0 test416
  ReturnTruth t0
block truths=1
  RunTest t0 test417
  ReturnTruth t0
block truths=1
  RunTest t0 test418
  ReturnTruth t0
block truths=1
  RunTest t0 test419
  ReturnTruth t0
block truths=1
  RunTest t0 test420
  ReturnTruth t0
block truths=1
  RunTest t0 test421
  ReturnTruth t0
block truths=1
  RunTest t0 test422
  ReturnTruth t0
block truths=1
  RunTest t0 test423
  ReturnTruth t0
block truths=1
  RunTest t0 test424
  ReturnTruth t0
block truths=1
  RunTest t0 test425
  ReturnTruth t0
block truths=1
  RunTest t0 test426
  ReturnTruth t0
block truths=1
  RunTest t0 test427
  ReturnTruth t0
block truths=1
  RunTest t0 test428
  ReturnTruth t0
block truths=1
  RunTest t0 test429
  ReturnTruth t0
block truths=1
  RunTest t0 test430
  ReturnTruth t0
block truths=1
  RunTest t0 test431
  ReturnTruth t0
block truths=1
  RunTest t0 test432
  ReturnTruth t0
block truths=1
  RunTest t0 test433
  ReturnTruth t0
block truths=1
  RunTest t0 test434
  ReturnTruth t0
block truths=1
  RunTest t0 test435
  ReturnTruth t0
block truths=1
  RunTest t0 test436
  ReturnTruth t0
block truths=1
  RunTest t0 test437
  ReturnTruth t0
block truths=1
  RunTest t0 test438
  ReturnTruth t0
block truths=1
  RunTest t0 test439
  ReturnTruth t0
block truths=1
  RunTest t0 test440
  ReturnTruth t0
block truths=1
  RunTest t0 test441
  ReturnTruth t0
block truths=1
  RunTest t0 test442
  ReturnTruth t0
block truths=1
  RunTest t0 test443
  ReturnTruth t0
block truths=1
  RunTest t0 test444
  ReturnTruth t0
block truths=1
  RunTest t0 test445
  ReturnTruth t0
block truths=1
  RunTest t0 test446
  ReturnTruth t0
block truths=1
  RunTest t0 test447
  ReturnTruth t0
block truths=1
  RunTest t0 test448
  ReturnTruth t0
block truths=1
  RunTest t0 test449
  ReturnTruth t0
block truths=1
  RunTest t0 test450
  ReturnTruth t0
block truths=1
  RunTest t0 test451
  ReturnTruth t0
block truths=1
  RunTest t0 test452
  ReturnTruth t0
block truths=1
  RunTest t0 test453
  ReturnTruth t0
block truths=1
  RunTest t0 test454
  ReturnTruth t0
block truths=1
  RunTest t0 test455
  ReturnTruth t0
block truths=1
  RunTest t0 test456
  ReturnTruth t0
block truths=1
  RunTest t0 test457
  ReturnTruth t0
block truths=1
  RunTest t0 test458
  ReturnTruth t0
block truths=1
  RunTest t0 test459
  ReturnTruth t0
block truths=1
  RunTest t0 test460
  ReturnTruth t0
block truths=1
  RunTest t0 test461
  ReturnTruth t0
block truths=1
  RunTest t0 test462
  ReturnTruth t0
block truths=1
  RunTest t0 test463
  ReturnTruth t0
block truths=1
  RunTest t0 test464
  ReturnTruth t0
block truths=1
  RunTest t0 test465
  ReturnTruth t0
block truths=1
  RunTest t0 test466
  ReturnTruth t0
block truths=1
  RunTest t0 test467
  ReturnTruth t0
block truths=1
  RunTest t0 test468
  ReturnTruth t0
block truths=1
  RunTest t0 test469
  ReturnTruth t0
block truths=1
  RunTest t0 test470
  ReturnTruth t0
block truths=1
  RunTest t0 test471
  ReturnTruth t0
block truths=1
  RunTest t0 test472
  ReturnTruth t0
block truths=1
  RunTest t0 test473
  ReturnTruth t0
block truths=1
  RunTest t0 test474
  ReturnTruth t0
block truths=1
  RunTest t0 test475
  ReturnTruth t0
block truths=1
  RunTest t0 test476
  ReturnTruth t0
block truths=1
  RunTest t0 test477
  ReturnTruth t0
block truths=1
  RunTest t0 test478
  ReturnTruth t0
block truths=1
  RunTest t0 test479
  ReturnTruth t0
block truths=1
  RunTest t0 test480
  ReturnTruth t0
block truths=1
  RunTest t0 test481
  ReturnTruth t0
block truths=1
  RunTest t0 test482
  ReturnTruth t0
block truths=1
  RunTest t0 test483
  ReturnTruth t0
block truths=1
  RunTest t0 test484
  ReturnTruth t0
block truths=1
  RunTest t0 test485
  ReturnTruth t0
block truths=1
  RunTest t0 test486
  ReturnTruth t0
block truths=1
  RunTest t0 test487
  ReturnTruth t0
block truths=1
  RunTest t0 test488
  ReturnTruth t0
block truths=1
  RunTest t0 test489
  ReturnTruth t0
block truths=1
  RunTest t0 test490
  ReturnTruth t0
block truths=1
  RunTest t0 test491
  ReturnTruth t0
block truths=1
  RunTest t0 test492
  ReturnTruth t0
block truths=1
  RunTest t0 test493
  ReturnTruth t0
block truths=1
  RunTest t0 test494
  ReturnTruth t0
block truths=1
  RunTest t0 test495
  ReturnTruth t0
block truths=1
  RunTest t0 test496
  ReturnTruth t0
block truths=1
  RunTest t0 test497
  ReturnTruth t0
block truths=1
  RunTest t0 test498
  ReturnTruth t0
block truths=1
  RunTest t0 test499
  ReturnTruth t0
block truths=1
  RunTest t0 test500
  ReturnTruth t0
block truths=1
  RunTest t0 test501
  ReturnTruth t0
block truths=1
  RunTest t0 test502
  ReturnTruth t0
block truths=1
  RunTest t0 test503
  ReturnTruth t0
block truths=1
  RunTest t0 test504
  ReturnTruth t0
block truths=1
  RunTest t0 test505
  ReturnTruth t0
block truths=1
  RunTest t0 test506
  ReturnTruth t0
block truths=1
  RunTest t0 test507
  ReturnTruth t0
block truths=1
  RunTest t0 test508
  ReturnTruth t0
block truths=1
  RunTest t0 test509
  ReturnTruth t0
block truths=1
  RunTest t0 test510
  ReturnTruth t0
block truths=1
  RunTest t0 test511
  ReturnTruth t0
; case assignment of an instance out of range: E0605 `assignment` of instance 0
instance assignment=1
; case exemption out of range: E0605 `exemption` of exemption_use 0
exemption_use exemption=0
; case selector values out of range: E0605 `values` of selector 0
selector values=0+1
; case guards out of range: E0605 `guards` of instance 0
instance guards=0+1
; case selections out of range: E0605 `selections` of assignment 0
assignment selections=3+1
; case exemption without a scope: E0604 an exemption has no scope
exemption name="e"
; case overrides without assignment: E0604 an instance without assignment
guard
instance guards=0+1
; case exemptions without assignment: E0604 an instance without assignment
exemption name="e" scope="/subscriptions/s"
exemption_use exemption=0
instance exemptions=0+1
; case instance of a control out of range: E0605 `instance` of control 0
control instance=0
block truths=1
  AndBegin t0
  ReturnTruth t0
