; writ bundle, format 3
string[0] ""
string[1] "E-1"
string[2] "properties.a"
string[3] "properties"
string[4] "a"
string[5] "properties.b"
string[6] "b"
string[7] "kind"
string[8] "name"
string[9] "properties.flag"
string[10] "flag"
string[11] "id"
constant[0] ="c"
constant[1] ="a"
constant[2] ="x"
constant[3] =null
constant[4] =true
constant[5] =false
constant[6] ="name"
constant[7] ="tags."
constant[8] ="id"
constant[9] ={"k":1}
constant[10] ="k"
constant[11] ="b"
test[0] block=1
test[1] block=3
test[2] block=5
test[3] block=7
test[4] block=10
step[0] name="properties"
step[1] name="a"
step[2] name="properties"
step[3] name="b"
step[4] name="kind"
step[5] name="name"
step[6] name="properties"
step[7] name="flag"
step[8] name="id"
path[0] steps=0+2
path[1] steps=2+2
path[2] steps=4+1
path[3] steps=5+1
path[4] steps=6+2
path[5] steps=8+1
field[0] kind=Raw name="properties.a" paths=0+1
field[1] kind=Raw name="properties.b" paths=1+1
field[2] kind=Kind name="kind" paths=2+1
field[3] kind=Name name="name" paths=3+1
field[4] kind=Raw name="properties.flag" paths=4+1
field[5] kind=Id name="id" paths=5+1
node[0] children=1+2
node[1] key="kind" children=3+0 slot=0 whole
node[2] key="properties" children=3+3
node[3] key="a" children=6+0 slot=1 whole
node[4] key="b" children=6+0 slot=2 whole
node[5] key="flag" children=6+0 slot=3 whole
use[0] field=0 slot=1 steps=2+0 path=0
use[1] field=1 slot=2 steps=4+0 path=1
use[2] field=2 slot=0 steps=5+0 path=2
use[3] field=4 slot=3 steps=8+0 path=4
type[0] controls=0+1 trie=0 slots=4 uses=0+4 whole
type_control[0] control=0
violation[0] condition=2
violation[1] condition=4
violation[2] condition=6
violation[3] condition=8 message=9
violation[4] condition=11 message=12
control[0] origin=AzureDefinition id="E-1" applicable=0 violations=0+5
block[0] truths=1
   0: TruthConstant !1 t0
   1: ReturnTruth t0
block[1] values=4 truths=1
   0: LoadField v0 f0                                   ; properties.a
   1: JumpIfPresent v0 @5
   2: LoadField v0 f1                                   ; properties.b
   3: JumpIfPresent v0 @5
   4: LoadConstant v0 c0                                ; "c"
   5: LoadField v2 f2                                   ; kind
   6: LoadConstant v3 c1                                ; "a"
   7: Call v1 v2 *2 equals
   8: BranchBoolean v1 @14 @13
   9: LoadConstant v2 c2                                ; "x"
  10: LoadField v3 f3                                   ; name
  11: Call v1 v2 *2 concat
  12: Jump @14
  13: LoadConstant v1 c3                                ; null
  14: TestValue equals t0 v0 v1
  15: ReturnTruth t0
block[2] truths=1
   0: RunTest t0 test0
   1: ReturnTruth t0
block[3] values=4 truths=1
   0: LoadConstant v0 c4                                ; true
   1: LoadConstant v1 c4                                ; true
   2: LoadField v3 f4                                   ; properties.flag
   3: Call v2 v3 *1 not
   4: AndBoolean v1 v2 @13
   5: LoadConstant v2 c4                                ; true
   6: AndBoolean v1 v2 @13
   7: LoadConstant v2 c5                                ; false
   8: LoadConstant v3 c5                                ; false
   9: OrBoolean v2 v3 @12
  10: LoadField v3 f4                                   ; properties.flag
  11: OrBoolean v2 v3 @12
  12: AndBoolean v1 v2 @13
  13: TestValue equals t0 v0 v1
  14: ReturnTruth t0
block[4] truths=1
   0: RunTest t0 test1
   1: ReturnTruth t0
block[5] values=4 truths=1
   0: LoadConstant v1 c6                                ; "name"
   1: LoadDynamic v0 v1
   2: LoadConstant v2 c7                                ; "tags."
   3: LoadField v3 f2                                   ; kind
   4: Call v1 v2 *2 concat
   5: TestDynamic notEquals t0 v0 v1
   6: ReturnTruth t0
block[6] truths=1
   0: RunTest t0 test2
   1: ReturnTruth t0
block[7] values=5 truths=1
   0: LoadField v1 f5                                   ; id
   1: LoadConstant v2 c2                                ; "x"
   2: MakeList v3 v3 *0
   3: MakeList v0 v1 *3
   4: Call v2 v2 *0 subscription
   5: LoadConstant v3 c8                                ; "id"
   6: GetMember v1 v2 v3
   7: TestValue in t0 v0 v1
   8: ReturnTruth t0
block[8] truths=1
   0: RunTest t0 test3
   1: ReturnTruth t0
block[9] values=2
   0: MakeText v0 v0 *0
   1: ReturnValue v0
block[10] values=4 truths=1
   0: LoadConstant v0 c9                                ; {"k":1}
   1: LoadConstant v2 c10                               ; "k"
   2: LoadField v3 f2                                   ; kind
   3: MakeRecord v1 v2 *2
   4: TestValue equals t0 v0 v1
   5: ReturnTruth t0
block[11] truths=1
   0: RunTest t0 test4
   1: ReturnTruth t0
block[12] values=4
   0: LoadConstant v1 c1                                ; "a"
   1: LoadField v2 f2                                   ; kind
   2: LoadConstant v3 c11                               ; "b"
   3: MakeText v0 v1 *3
   4: ReturnValue v0
