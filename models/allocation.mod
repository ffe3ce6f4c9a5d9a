/* What a round asks for, as mathematics: every rule and every stage of `allot`, in GNU MathProg.
 *
 * The program itself is written in C (models/form_*.c). This is the same model stated once more, for
 * people who review it and for any solver that reads MathProg or what glpsol writes of it. Labels
 * (C1 .. C14, T, K, F) are those of models/README.md. The data come from `allot export`:
 *
 *     allot export ROUND round.dat --stage "tier 2"
 *     glpsol --model models/allocation.mod --data round.dat
 *
 * One run decides one stage, the one that `now` names. The stages before it are held at `level`.
 * Amounts are in whole units (euros, seats), values in whole units of the reporting currency. What
 * is settled by looking at two rows alone, who may give to whom, has been settled before: PAIRS.
 */

# ---- needs and offers ---------------------------------------------------------------------------

set NEEDS;
set OUTCOMES within NEEDS, default {}; # ask for nothing themselves: met when all they require is
set UNKNOWN within NEEDS, default {};  # of unknown amount: given nothing, never full
set OFFERS;

param order{NEEDS};                 # canonical order of ids
param tier{NEEDS};                  # 1 first
param weight{NEEDS} >= 0;
param Q{NEEDS} >= 0;                # the full quantity
param covered{n in NEEDS} >= 0, <= Q[n]; # by others, elsewhere
param q{n in NEEDS} >= 0, <= Q[n];  # wanted: Q less covered
param step{NEEDS} > 0;              # amounts are multiples of it
param least{n in NEEDS} <= q[n];    # (min - covered)+ in whole steps; all of q where indivisible
param g{NEEDS} >= 0;                # value of one unit, of an outcome of it all; 0: it has none
param group{NEEDS};                 # number of its fairness group, which is of one tier; 0: none

set CONTINUOUS within NEEDS, default {}; # money whose step is its minor unit: rounded afterwards

param basis{OFFERS}, symbolic, in {"paid", "committed", "pledged"}; # the weakest of its chain
param in_kind{OFFERS}, binary;      # 0: money
param price{OFFERS} >= 0;           # value of one of its units, 0 where that is not known
param cost{OFFERS};                 # preference: a unit of value (money), a unit of it (in kind)
param donor{OFFERS}, symbolic;      # whose it is in the end: the donor of its root

# (n,o) in PAIRS: offer o may serve need n.
set PAIRS within NEEDS cross OFFERS;
param use{PAIRS} > 0;               # gross units of the offer for one unit of the need
param lower{PAIRS} >= 0;            # C13: what is agreed already, at least
param upper{PAIRS} >= 0;            # C12 max_share, C13 at most, pairs.max; else q
set PRICED within PAIRS; # pairs with a preference cost of their own,
param own_cost{PRICED};             # for one unit of the need

# ---- rules: sums over a set of pairs --------------------------------------------------------------
# A rule's name begins with its label. `amount` is what one unit of the need counts under it: units of
# the need, gross units of an offer (a child's lines are among its parent's pairs), or value.

set RULES;
set OVER{RULES} within PAIRS;
param amount{r in RULES, (n,o) in OVER[r]} >= 0;

set CAPS within RULES, default {};   # C2 C3 C4 C5 C12 C14: the sum is at most ..
param at_most{CAPS};
set FLOORS within RULES, default {}; # C5: .. at least
param at_least{FLOORS};
set SHARE_CAPS within RULES, default {};   # C5: at most, or at least, this share of the value of
param share_at_most{SHARE_CAPS};           # everything given
set SHARE_FLOORS within RULES, default {};
param share_at_least{SHARE_FLOORS};
set TICKETS within RULES, default {}; # C7: nothing at all, or at least
param ticket{TICKETS} >= 0;
set COUNTS within RULES, default {}; # C8: lines of at most so many donors, needs, ..
param count{COUNTS} >= 0;
param item{r in COUNTS, (n,o) in OVER[r]}; # .. of which this line's is number
set FEES within RULES, default {};   # costs this once any of the pairs has a line; forbids nothing
param fee{FEES};

# ---- what needs ask of each other ---------------------------------------------------------------

set REQUIREMENTS dimen 2;       # (n,k): the k-th thing that need n requires,
set ANY_OF{REQUIREMENTS} within NEEDS;      # met by any of these in full
set BUNDLES, default {};
set BUNDLED{BUNDLES} within NEEDS;
set ALTERNATIVES, default {};
set OPTIONS{ALTERNATIVES} within NEEDS;
set CHOSEN{ALTERNATIVES} within NEEDS, default {}; # has coverage from elsewhere: no other may join

# ---- stages ---------------------------------------------------------------------------------------

set STAGES;
param position{STAGES};                     # in the published order
param kind{STAGES}, symbolic, in {"tier", "unvalued", "fairness", "firmness", "lapsing", "burden",
                                  "cost", "splits", "change", "urgent", "taken"};
param stage_tier{STAGES}, default 0;
param rank{STAGES}, default 0;              # fairness: this is the rank-th smallest share
param rests_on{STAGES}, symbolic, default "none"; # firmness: pledged, or committed
param apart{STAGES}, binary, default 0;     # firmness, change, taken: of needs without value;
                                            # burden: of offers in kind
set URGENT within NEEDS, default {};        # urgent: the one need that comes before tier 1
set AT_STAKE{STAGES} within OFFERS, default {}; # lapsing: the offers that lapse on this day,
param capacity{OFFERS}, default 0;          # how much they hold
set ABOVE{OFFERS} within OFFERS, default {}; # an offer and those that it is paid out of

param now, symbolic, in STAGES;
param level{STAGES}, default 0;             # what was reached in the stages before
param tolerance, >= 0, default 1e-8;        # how far a level may be missed, relative to it: above
                                            # the noise of sums; never by more than a quarter of a cent

param measure, symbolic, in {"value", "share", "quantity"};
param fairness_by, symbolic, in {"share", "quantity"}, default "share";

set KEYED, default {};                      # donors with a key of burden sharing
param key{KEYED} >= 0;
set BEFORE within NEEDS cross OFFERS; # lines of the plan before this one
param before{BEFORE} >= 0;

set SEEN := {s in STAGES: position[s] <= position[now]}; # stages that this run has to know

# ---- what is decided ------------------------------------------------------------------------------

set ASKING := {n in NEEDS: n not in OUTCOMES and n not in UNKNOWN}; # needs that take part

var x{(n,o) in PAIRS} >= lower[n,o], <= upper[n,o]; # given, in units of the need
var u{n in ASKING} >= 0, <= q[n];                   # left unmet

s.t. C1_need{n in ASKING}: sum{(n,o) in PAIRS} x[n,o] + u[n] = q[n];

# Everything but money at its minor unit is given in whole steps.
var steps{(n,o) in PAIRS: n not in CONTINUOUS} integer, >= 0;
s.t. whole_steps{(n,o) in PAIRS: n not in CONTINUOUS}: x[n,o] = step[n] * steps[n,o];

# C2 to C5, C12, C14, as they were made into rules.
s.t. rule_at_most{r in CAPS}: sum{(n,o) in OVER[r]} amount[r,n,o] * x[n,o] <= at_most[r];
s.t. rule_at_least{r in FLOORS}: sum{(n,o) in OVER[r]} amount[r,n,o] * x[n,o] >= at_least[r];
s.t. rule_share_at_most{r in SHARE_CAPS}: sum{(n,o) in OVER[r]} amount[r,n,o] * x[n,o]
    <= share_at_most[r] * sum{(n,o) in PAIRS} g[n] * x[n,o];
s.t. rule_share_at_least{r in SHARE_FLOORS}: sum{(n,o) in OVER[r]} amount[r,n,o] * x[n,o]
    >= share_at_least[r] * sum{(n,o) in PAIRS} g[n] * x[n,o];

# (C6) y: the need is served, and then with no less than is useful, nor than a step: a bundle counts on
# it. Only where something asks.
set TOGETHER := setof{b in BUNDLES, n in BUNDLED[b]} n;
set EITHER := setof{a in ALTERNATIVES, n in OPTIONS[a]} n;
set MAY_BE_SERVED := {n in ASKING: q[n] > 0 and
    (least[n] > step[n] or n in TOGETHER or n in EITHER)};
var y{MAY_BE_SERVED} binary;
s.t. C6_minimum{n in MAY_BE_SERVED: least[n] > step[n] or n in TOGETHER}:
    max(least[n], step[n]) * y[n] <= sum{(n,o) in PAIRS} x[n,o];
s.t. C6_served{n in MAY_BE_SERVED}: sum{(n,o) in PAIRS} x[n,o] <= q[n] * y[n];

# (C7) z: some line of the set is used, and then the sum reaches the ticket.
var z{TICKETS} binary;
s.t. C7_ticket{r in TICKETS}: ticket[r] * z[r] <= sum{(n,o) in OVER[r]} amount[r,n,o] * x[n,o];
s.t. C7_used{r in TICKETS, (n,o) in OVER[r]}: x[n,o] <= upper[n,o] * z[r];

# (C8) d: the item has a line.
set ITEMS{r in COUNTS} := setof{(n,o) in OVER[r]} item[r,n,o];
var d{r in COUNTS, i in ITEMS[r]} binary;
s.t. C8_count{r in COUNTS}: sum{i in ITEMS[r]} d[r,i] <= count[r];
s.t. C8_used{r in COUNTS, (n,o) in OVER[r]}: x[n,o] <= upper[n,o] * d[r,item[r,n,o]];

# (C9) f: the need is met in full. Nothing is given to who lacks what it requires.
set ASKED_FOR := OUTCOMES union setof{(n,k) in REQUIREMENTS, p in ANY_OF[n,k]} p;
var f{ASKED_FOR} binary;
s.t. C9_full{p in ASKED_FOR inter ASKING}: sum{(p,o) in PAIRS} x[p,o] >= q[p] * f[p];
s.t. C9_unknown{p in ASKED_FOR inter UNKNOWN}: f[p] = 0;
s.t. C9_requires{(n,k) in REQUIREMENTS: n in ASKING}:
    sum{(n,o) in PAIRS} x[n,o] <= q[n] * sum{p in ANY_OF[n,k]} f[p];
s.t. C9_outcome{(n,k) in REQUIREMENTS: n in OUTCOMES}: f[n] <= sum{p in ANY_OF[n,k]} f[p];

# (C10) All members are served or none. One that wants nothing more counts as served, one of unknown
# amount can not be.
var whole{BUNDLES} binary;
s.t. C10_bundle{b in BUNDLES, n in BUNDLED[b]: n in ASKING and q[n] > 0}: y[n] = whole[b];
s.t. C10_unknown{b in BUNDLES, n in BUNDLED[b]: n in UNKNOWN}: whole[b] = 0;

# (C11) At most one is served; none other than the one that has coverage from elsewhere.
s.t. C11_alternative{a in ALTERNATIVES}: sum{n in OPTIONS[a] inter MAY_BE_SERVED} y[n] <= 1;
s.t. C11_chosen{a in ALTERNATIVES, c in CHOSEN[a], n in OPTIONS[a] inter MAY_BE_SERVED: n <> c}:
    y[n] = 0;

# ---- what the stages count ------------------------------------------------------------------------

var value{SEEN}; # as in stages.csv; shares in parts, see (F)

# What one unit of unmet need counts in its tier.
param m{n in NEEDS} := if measure = "value" then g[n]
    else if measure = "quantity" then 1 else if Q[n] > 0 then 1 / Q[n] else 0;
param worth{n in OUTCOMES} := if measure = "value" then g[n] else 1;

# A mark of alternatives counts once: in T as its cheapest member, or, where some member has no value
# to compare, in K as the first of these. Members of unknown amount count nowhere.
set COUNTED{a in ALTERNATIVES} := OPTIONS[a] inter ASKING;
set VALUELESS{a in ALTERNATIVES} := {n in COUNTED[a]: measure = "value" and g[n] = 0};
set CHEAP{a in ALTERNATIVES} := {n in COUNTED[a]:
    m[n] * q[n] <= (min{i in COUNTED[a]} m[i] * q[i]) * (1 + 1e-12)};
set STANDS{a in ALTERNATIVES} := {n in (if card(VALUELESS[a]) > 0 then VALUELESS[a] else CHEAP[a]):
    order[n] = min{i in (if card(VALUELESS[a]) > 0 then VALUELESS[a] else CHEAP[a])} order[i]};

# (T) Least unmet in the tier: weight times value, share or quantity.
s.t. T_tier{s in SEEN: kind[s] = "tier"}: value[s]
    = sum{n in ASKING diff EITHER: tier[n] = stage_tier[s]} weight[n] * m[n] * u[n]
    + sum{n in OUTCOMES: tier[n] = stage_tier[s]} weight[n] * worth[n] * (1 - f[n])
    + sum{a in ALTERNATIVES, n in STANDS[a]: tier[n] = stage_tier[s] and card(VALUELESS[a]) = 0}
        weight[n] * m[n] * q[n] * (1 - sum{i in COUNTED[a]}
            (if q[i] = 0 then 1 else sum{(i,o) in PAIRS} x[i,o] / q[i]));

# (K) Under measure = value: least unmet share of the needs that have no value.
s.t. K_unvalued{s in SEEN: kind[s] = "unvalued"}: value[s]
    = sum{n in ASKING diff EITHER: tier[n] = stage_tier[s] and g[n] = 0} weight[n] * u[n] / Q[n]
    + sum{a in ALTERNATIVES, n in STANDS[a]: tier[n] = stage_tier[s] and card(VALUELESS[a]) > 0}
        weight[n] * (1 - sum{i in COUNTED[a]}
            (if q[i] = 0 then 1 else sum{(i,o) in PAIRS} x[i,o] / q[i]));

# (F) The met shares of a tier's groups, leximin: for k = 1, 2, .. the largest sum of the k smallest,
# which is the largest k t - sum of d with d >= t - share, d >= 0 (Ogryczak and Sliwinski 2006). The
# stage's value is what the k-th adds to the levels of those before it.
set FAIR := {s in SEEN: kind[s] = "fairness"};
set GROUPS := setof{s in FAIR, n in ASKING: tier[n] = stage_tier[s] and group[n] > 0} group[n];

# A mark of alternatives asks once in every group that one of its members is of: for as much as the
# member with coverage from elsewhere, or the first without value, or else the cheapest. Of that it has
# the part which any member has of its own amount.
set SINGLE{k in GROUPS} := {n in ASKING diff EITHER: group[n] = k};
set MARKED{k in GROUPS} := {a in ALTERNATIVES: card({n in COUNTED[a]: group[n] = k}) > 0};
set WITHOUT{a in ALTERNATIVES} := {n in COUNTED[a]: g[n] = 0};
set LEAST{a in ALTERNATIVES} := if card(CHOSEN[a] inter COUNTED[a]) > 0 then CHOSEN[a] inter COUNTED[a]
    else if card(WITHOUT[a]) > 0 then WITHOUT[a]
    else {n in COUNTED[a]: g[n] * Q[n] <= (min{i in COUNTED[a]} g[i] * Q[i]) * (1 + 1e-12)};
set ASKS{a in ALTERNATIVES} := {n in LEAST[a]: order[n] = min{i in LEAST[a]} order[i]};
set ASKED{k in GROUPS} := SINGLE[k] union setof{a in MARKED[k], n in ASKS[a]} n;
set BY_VALUE := {k in GROUPS: fairness_by = "share" and min{n in ASKED[k]} g[n] > 0};
set BY_MEAN := {k in GROUPS: fairness_by = "share" and min{n in ASKED[k]} g[n] = 0};

# Shares are counted in hundredths of a percent: glpsol takes a column that may move by less than 1e-9 for
# a number half way, which of a share of 100 million would be five cents that no need has.
param parts := if fairness_by = "share" then 10000 else 1;
var share{GROUPS};      # in parts
var part{ALTERNATIVES}; # met of a mark
s.t. F_part{a in ALTERNATIVES}: part[a] = sum{n in COUNTED[a]} (Q[n] - u[n]) / Q[n];
s.t. F_by_value{k in BY_VALUE}:
    (sum{n in ASKED[k]} g[n] * Q[n]) / parts * share[k]
    = sum{n in SINGLE[k]} g[n] * (Q[n] - u[n])
    + sum{a in MARKED[k], n in ASKS[a]} g[n] * Q[n] * part[a];
s.t. F_by_mean{k in BY_MEAN}: (card(SINGLE[k]) + card(MARKED[k])) / parts * share[k]
    = sum{n in SINGLE[k]} (Q[n] - u[n]) / Q[n] + sum{a in MARKED[k]} part[a];
s.t. F_by_quantity{k in GROUPS, n in SINGLE[k]: fairness_by = "quantity"}:
    weight[n] * share[k] = Q[n] - u[n];
s.t. F_by_quantity_of_mark{k in GROUPS, a in MARKED[k], n in ASKS[a]: fairness_by = "quantity"}:
    weight[n] * share[k] = Q[n] * part[a];

set RANKED{s in FAIR} := setof{n in ASKING: tier[n] = stage_tier[s] and group[n] > 0} group[n];
var t{FAIR};
var short{s in FAIR, k in RANKED[s]} >= 0;
s.t. F_short{s in FAIR, k in RANKED[s]}: short[s,k] >= t[s] - share[k];
s.t. F_fairness{s in FAIR}: value[s]
    + parts * sum{r in FAIR: stage_tier[r] = stage_tier[s] and rank[r] < rank[s]} level[r]
    = rank[s] * t[s] - sum{k in RANKED[s]} short[s,k];

# Firmness: least value (or share, of needs without one) that rests on pledges, then on what is
# committed and not paid.
s.t. firmness{s in SEEN: kind[s] = "firmness"}: value[s]
    = sum{(n,o) in PAIRS: tier[n] = stage_tier[s] and basis[o] = rests_on[s]}
        (if apart[s] = 0 then g[n] else if g[n] = 0 then 1 / Q[n] else 0) * x[n,o];

# Lapsing: least value left in the offers that lapse on the day. A child's gross is taken from its
# parents too: money at its rate, things one for one.
s.t. lapsing{s in SEEN: kind[s] = "lapsing"}: value[s]
    = sum{l in AT_STAKE[s]} (price[l] * capacity[l]
        - sum{(n,o) in PAIRS: l in ABOVE[o]}
            (if in_kind[o] = 1 then price[l] else price[o]) * use[n,o] * x[n,o]);

# Burden: least sum of the differences between what a donor gives and its key's part of the total. Keys
# that are all 0 part nothing.
set BURDENS := {s in SEEN: kind[s] = "burden"};
var given{BURDENS, KEYED} >= 0;
var more{BURDENS, KEYED} >= 0; # than its part,
var under{BURDENS, KEYED} >= 0;
s.t. burden_given{s in BURDENS, k in KEYED}: given[s,k]
    = sum{(n,o) in PAIRS: donor[o] = k and in_kind[o] = apart[s]} price[o] * use[n,o] * x[n,o];
s.t. burden_part{s in BURDENS, k in KEYED: sum{j in KEYED} key[j] > 0}: given[s,k]
    - key[k] / (sum{j in KEYED} key[j]) * sum{j in KEYED} given[s,j]
    = more[s,k] - under[s,k];
s.t. burden{s in BURDENS}: value[s] = sum{k in KEYED} (more[s,k] + under[s,k]);

# Cost: preferences, and every fee whose rule has a line.
var charged{r in FEES: exists{s in SEEN} kind[s] = "cost"} binary;
s.t. fee_used{r in FEES, (n,o) in OVER[r]: exists{s in SEEN} kind[s] = "cost"}:
    x[n,o] <= upper[n,o] * charged[r];
s.t. cost_stage{s in SEEN: kind[s] = "cost"}: value[s]
    = sum{(n,o) in PRICED} own_cost[n,o] * x[n,o]
    + sum{(n,o) in PAIRS diff PRICED} cost[o] * (if in_kind[o] = 1 then use[n,o] else g[n]) * x[n,o]
    + sum{r in FEES} fee[r] * charged[r];

# Splits: fewest lines.
var line{(n,o) in PAIRS: exists{s in SEEN} kind[s] = "splits"} binary;
s.t. splits_used{(n,o) in PAIRS: exists{s in SEEN} kind[s] = "splits"}:
    x[n,o] <= upper[n,o] * line[n,o];
s.t. splits{s in SEEN: kind[s] = "splits"}: value[s] = sum{(n,o) in PAIRS} line[n,o];

# Change: least moved against the plan before, in value, or in shares of needs without one. What may
# not be given any more has moved in full.
var moved{(n,o) in PAIRS: exists{s in SEEN} kind[s] = "change"} >= 0;
s.t. change_up{(n,o) in PAIRS: exists{s in SEEN} kind[s] = "change"}:
    moved[n,o] >= x[n,o] - (if (n,o) in BEFORE then before[n,o] else 0);
s.t. change_down{(n,o) in PAIRS: exists{s in SEEN} kind[s] = "change"}:
    moved[n,o] >= (if (n,o) in BEFORE then before[n,o] else 0) - x[n,o];
s.t. change{s in SEEN: kind[s] = "change"}: value[s]
    = sum{(n,o) in PAIRS} (if apart[s] = 0 then g[n] else if g[n] = 0 then 1 / Q[n] else 0)
        * moved[n,o]
    + sum{(n,o) in BEFORE diff PAIRS: n in ASKING}
        (if apart[s] = 0 then g[n] else if g[n] = 0 then 1 / Q[n] else 0) * before[n,o];

# Urgent: least left unmet of the one need, in its units; of an outcome 1 while it is not met.
s.t. urgent{s in SEEN: kind[s] = "urgent"}: value[s]
    = sum{n in URGENT inter ASKING} u[n] + sum{n in URGENT inter OUTCOMES} (1 - f[n]);

# Taken: least that lines of the plan before lose. What may not be given any more has lost all.
var lost{(n,o) in PAIRS inter BEFORE: exists{s in SEEN} kind[s] = "taken"} >= 0;
s.t. lost_at_least{(n,o) in PAIRS inter BEFORE: exists{s in SEEN} kind[s] = "taken"}:
    lost[n,o] >= before[n,o] - x[n,o];
s.t. taken{s in SEEN: kind[s] = "taken"}: value[s]
    = sum{(n,o) in PAIRS inter BEFORE} (if apart[s] = 0 then g[n] else if g[n] = 0 then 1 / Q[n] else 0)
        * lost[n,o]
    + sum{(n,o) in BEFORE diff PAIRS: n in ASKING}
        (if apart[s] = 0 then g[n] else if g[n] = 0 then 1 / Q[n] else 0) * before[n,o];

# ---- one stage, with those before it held ---------------------------------------------------------

s.t. held_below{s in SEEN: s <> now and kind[s] <> "fairness"}:
    value[s] <= level[s] + min(0.0025, tolerance * abs(level[s]));
s.t. held_above{s in SEEN: s <> now and kind[s] = "fairness"}:
    value[s] >= parts * (level[s] - tolerance * abs(level[s]));

# Fairness is as large as possible, everything else as small.
minimize goal: (if kind[now] = "fairness" then -1 / parts else 1) * value[now];

solve;

printf "stage %s: %.12g\n", now, sum{s in SEEN: s = now} value[s]
    / (if kind[now] = "fairness" then parts else 1);

end;
