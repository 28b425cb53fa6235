; writ bundle, format 3
string[0] ""
string[1] "first"
string[2] "Effects"
string[3] "why"
string[4] "low"
string[5] "Cat"
string[6] "1.0.0"
string[7] "do"
string[8] "https://example.org"
string[9] "Indexed"
string[10] "mcsb:NS-2, nist_ai_rmf:MANAGE 2.2"
string[11] "a,b"
string[12] "Effect"
string[13] "names"
string[14] "name"
string[15] "properties.on"
string[16] "properties"
string[17] "on"
string[18] "a.b/related"
string[19] "second"
string[20] "X-2"
string[21] "tag"
string[22] "kind"
string[23] "X-3"
string[24] "static"
constant[0] ="AuditIfNotExists"
constant[1] =["a"]
constant[2] ="Disabled"
constant[3] =["b","c"]
constant[4] ="env"
constant[5] =["AuditIfNotExists","Disabled"]
constant[6] ="type"
constant[7] ="A.B/related"
constant[8] ="names"
constant[9] ="/x"
constant[10] ="k"
constant[11] ="rg"
constant[12] ="Subscription"
constant[13] =true
constant[14] =false
constant[15] ="tags."
constant[16] ="modify"
constant[17] ="addOrReplace"
constant[18] ="v"
constant[19] ="remove"
constant[20] ="tags.old"
test[0] block=9
test[1] block=19
step[0] name="name"
step[1] name="properties"
step[2] name="on"
step[3] name="kind"
path[0] steps=0+1
path[1] steps=1+2
path[2] steps=3+1
field[0] kind=Name name="name" paths=0+1
field[1] kind=Raw name="properties.on" paths=1+1
field[2] kind=Kind name="kind" paths=2+1
node[0] children=1+1
node[1] key="kind" children=2+0 slot=0 whole
node[2] children=3+2
node[3] key="kind" children=5+0 slot=1 whole
node[4] key="properties" children=5+1
node[5] key="on" children=6+0 slot=0 whole
use[0] field=2 slot=0 steps=4+0 path=2
use[1] field=1 slot=0 steps=3+0 path=1
use[2] field=2 slot=1 steps=4+0 path=2
type[0] controls=0+3 trie=0 slots=1 uses=0+1 whole
type[1] name="a.b/related" controls=3+3 trie=2 slots=2 uses=1+2 whole
type_control[0] control=0
type_control[1] control=1
type_control[2] control=2
type_control[3] control=0
type_control[4] control=1
type_control[5] control=2
parameter[0] name="Effect" value=0 allowed=5 bound
parameter[1] name="names" type=4 value=1 bound
parameter[2] name="Effect" value=2 allowed=5 bound
parameter[3] name="names" type=4 value=3 bound
parameter[4] name="tag" value=4 bound
violation[0] condition=1
violation[1] condition=1
violation[2] condition=1
operation[0] operation=22 field=23 value=24 condition=25
operation[1] operation=26 field=27
relation[0] type=4 name=5 kind=6 resource_group=7 scope=8 condition=10 static_type="a.b/related" reads_primary
relation[1] type=14 name=15 kind=16 resource_group=17 scope=18 condition=10 static_type="a.b/related" reads_primary
control[0] origin=AzureDefinition id="first" title="Effects" description="why" severity="low" category="Cat" version="1.0.0" fix="do" link="https://example.org" mode="Indexed" mappings="mcsb:NS-2, nist_ai_rmf:MANAGE 2.2" tags="a,b" parameters=0+2 applicable=0 violations=0+1 effect=2 details=3 relation=0
control[1] origin=AzureDefinition id="second" title="Effects" description="why" severity="low" category="Cat" version="1.0.0" fix="do" link="https://example.org" mode="Indexed" mappings="mcsb:NS-2, nist_ai_rmf:MANAGE 2.2" tags="a,b" parameters=2+2 applicable=11 violations=1+1 effect=12 details=13 relation=1
control[2] origin=AzureDefinition id="X-2" parameters=4+1 applicable=20 violations=2+1 effect=21 operations=0+2
control[3] origin=AzureDefinition id="X-3" not_evaluable="static" parameters=5+0 applicable=28 violations=3+0 operations=2+0
block[0] values=1 truths=1
   0: LoadConstant v0 c1                                ; ["a"]
   1: TestField in t0 v0 f0                             ; name
   2: ReturnTruth t0
block[1] truths=1
   0: TruthConstant !1 t0
   1: ReturnTruth t0
block[2] values=1
   0: LoadConstant v0 c0                                ; "AuditIfNotExists"
   1: ReturnValue v0
block[3] values=5
   0: LoadConstant v1 c6                                ; "type"
   1: LoadConstant v2 c7                                ; "A.B/related"
   2: LoadConstant v3 c8                                ; "names"
   3: LoadConstant v4 c1                                ; ["a"]
   4: MakeRecord v0 v1 *4
   5: ReturnValue v0
block[4] values=1
   0: LoadConstant v0 c7                                ; "A.B/related"
   1: ReturnValue v0
block[5] values=3
   0: LoadField v1 f0                                   ; name
   1: LoadConstant v2 c9                                ; "/x"
   2: Call v0 v1 *2 concat
   3: ReturnValue v0
block[6] values=1
   0: LoadConstant v0 c10                               ; "k"
   1: ReturnValue v0
block[7] values=1
   0: LoadConstant v0 c11                               ; "rg"
   1: ReturnValue v0
block[8] values=1
   0: LoadConstant v0 c12                               ; "Subscription"
   1: ReturnValue v0
block[9] values=1 truths=1
   0: LoadField !1 v0 f0                                ; name
   1: TestField equals t0 v0 f0                         ; name
   2: ReturnTruth t0
block[10] values=1 truths=2
   0: AndBegin t0
   1: LoadConstant v0 c13                               ; true
   2: TestField equals t1 v0 f1                         ; properties.on
   3: And t0 t1 @6
   4: RunTest t1 test0
   5: And t0 t1 @6
   6: ReturnTruth t0
block[11] values=1 truths=1
   0: LoadConstant v0 c3                                ; ["b","c"]
   1: TestField in t0 v0 f0                             ; name
   2: ReturnTruth t0
block[12] values=1
   0: LoadConstant v0 c2                                ; "Disabled"
   1: ReturnValue v0
block[13] values=5
   0: LoadConstant v1 c6                                ; "type"
   1: LoadConstant v2 c7                                ; "A.B/related"
   2: LoadConstant v3 c8                                ; "names"
   3: LoadConstant v4 c3                                ; ["b","c"]
   4: MakeRecord v0 v1 *4
   5: ReturnValue v0
block[14] values=1
   0: LoadConstant v0 c7                                ; "A.B/related"
   1: ReturnValue v0
block[15] values=3
   0: LoadField v1 f0                                   ; name
   1: LoadConstant v2 c9                                ; "/x"
   2: Call v0 v1 *2 concat
   3: ReturnValue v0
block[16] values=1
   0: LoadConstant v0 c10                               ; "k"
   1: ReturnValue v0
block[17] values=1
   0: LoadConstant v0 c11                               ; "rg"
   1: ReturnValue v0
block[18] values=1
   0: LoadConstant v0 c12                               ; "Subscription"
   1: ReturnValue v0
block[19] values=4 truths=1
   0: LoadConstant v0 c14                               ; false
   1: LoadConstant v2 c15                               ; "tags."
   2: LoadConstant v3 c4                                ; "env"
   3: Call v1 v2 *2 concat
   4: TestDynamic exists t0 v0 v1
   5: ReturnTruth t0
block[20] truths=1
   0: RunTest t0 test1
   1: ReturnTruth t0
block[21] values=1
   0: LoadConstant v0 c16                               ; "modify"
   1: ReturnValue v0
block[22] values=1
   0: LoadConstant v0 c17                               ; "addOrReplace"
   1: ReturnValue v0
block[23] values=3
   0: LoadConstant v1 c15                               ; "tags."
   1: LoadConstant v2 c4                                ; "env"
   2: Call v0 v1 *2 concat
   3: ReturnValue v0
block[24] values=1
   0: LoadConstant v0 c18                               ; "v"
   1: ReturnValue v0
block[25] values=3
   0: LoadField v1 f2                                   ; kind
   1: LoadConstant v2 c10                               ; "k"
   2: Call v0 v1 *2 equals
   3: ReturnValue v0
block[26] values=1
   0: LoadConstant v0 c19                               ; "remove"
   1: ReturnValue v0
block[27] values=1
   0: LoadConstant v0 c20                               ; "tags.old"
   1: ReturnValue v0
block[28] truths=1
   0: TruthConstant t0
   1: ReturnTruth t0
