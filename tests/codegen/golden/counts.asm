; writ bundle, format 3
string[0] ""
string[1] "C-1"
string[2] "properties.rules[*]"
string[3] "properties"
string[4] "rules"
string[5] "properties.rules[*].access"
string[6] "access"
string[7] "properties.rules[*].ports[*]"
string[8] "ports"
string[9] "properties.rules[*].name"
string[10] "name"
string[11] "properties.list"
string[12] "list"
constant[0] ="allow"
constant[1] =0
constant[2] =22
constant[3] =80
constant[4] =2
constant[5] =["a","b"]
constant[6] =1
test[0] block=1
test[1] block=3
step[0] name="properties"
step[1] name="rules" each
step[2] name="properties"
step[3] name="rules" each
step[4] name="access"
step[5] name="properties"
step[6] name="rules" each
step[7] name="ports" each
step[8] name="properties"
step[9] name="rules" each
step[10] name="name"
step[11] name="properties"
step[12] name="list"
path[0] steps=0+2
path[1] steps=2+3
path[2] steps=5+3
path[3] steps=8+3
path[4] steps=11+2
field[0] kind=Raw name="properties.rules[*]" paths=0+1
field[1] kind=Raw name="properties.rules[*].access" paths=1+1
field[2] kind=Raw name="properties.rules[*].ports[*]" paths=2+1
field[3] kind=Raw name="properties.rules[*].name" paths=3+1
field[4] kind=Raw name="properties.list" paths=4+1
node[0] children=1+1
node[1] key="properties" children=2+2
node[2] key="list" children=4+0 slot=1 whole
node[3] key="rules" children=4+0 slot=0 whole
use[0] field=0 slot=0 steps=2+0 each path=0
use[1] field=1 slot=0 steps=4+1 each path=1
use[2] field=2 slot=0 steps=7+1 each path=2
use[3] field=3 slot=0 steps=10+1 each path=3
use[4] field=4 slot=1 steps=13+0 path=4
type[0] controls=0+1 trie=0 slots=2 uses=0+5
type_control[0] control=0
violation[0] condition=2
violation[1] condition=4
control[0] origin=Control id="C-1" applicable=0 violations=0+2
block[0] truths=1
   0: TruthConstant !1 t0
   1: ReturnTruth t0
block[1] values=6 truths=5 binders=2
   0: LoadField v1 f0                                   ; properties.rules[*]
   1: Call v0 v1 *1 length
   2: CountField b0 f0 @25                              ; properties.rules[*]
   3:   AndBegin t1
   4:   LoadConstant v2 c0                              ; "allow"
   5:   TestBound equals t2 v2 b0 f1 ^1                 ; properties.rules[*].access
   6:   And t1 t2 @24
   7:   LoadConstant v2 c1                              ; 0
   8:   CountBound ^1 b1 b0 f2 @22                      ; properties.rules[*].ports[*]
   9:     AndBegin t3
  10:     LoadConstant v4 c2                            ; 22
  11:     LoadElement ^2 v5 b1
  12:     TestValue equals t4 v4 v5
  13:     And t3 t4 @21
  14:     LoadBound ^1 v4 b0 f3                         ; properties.rules[*].name
  15:     LoadElementField ^1 v5 b0 f3                  ; properties.rules[*].name
  16:     TestValue equals t4 v4 v5
  17:     And t3 t4 @21
  18:     LoadConstant v4 c3                            ; 80
  19:     TestBound notEquals t4 v4 b0 f2 ^1            ; properties.rules[*].ports[*]
  20:     And t3 t4 @21
  21:     CountNext b1 t3 @9
  22:   TestCount greater t2 v2 b1
  23:   And t1 t2 @24
  24:   CountNext b0 t1 @3
  25: TestCount less t0 v0 b0
  26: ReturnTruth t0
block[2] truths=1
   0: RunTest t0 test0
   1: ReturnTruth t0
block[3] values=6 truths=3 binders=1
   0: LoadConstant v0 c4                                ; 2
   1: LoadConstant v3 c5                                ; ["a","b"]
   2: CountValue b0 v3 @7
   3:   LoadField v4 f4                                 ; properties.list
   4:   LoadElement ^1 v5 b0
   5:   TestValue in t2 v4 v5
   6:   CountNext b0 t2 @3
   7: LoadCount v2 b0
   8: LoadConstant v3 c6                                ; 1
   9: Call v1 v2 *2 add
  10: TestValue equals t0 v0 v1
  11: ReturnTruth t0
block[4] truths=1
   0: RunTest t0 test1
   1: ReturnTruth t0
