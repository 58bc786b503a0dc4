// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

#include "runtime/bind/bind.h"

#include <gtest/gtest.h>
#include <numeric>

#include "runtime/trace/selections.h"
#include "tests/support/rules.h"

namespace prunec {
namespace {

using test::plan_of;

/// A graph of norms of two channels each, `s1.a` ... , made by hand. Norms of one stream are coupled by a sum.
class Graph {
 public:
  Graph& norm(const std::string& path) {
    const auto first = static_cast<ChannelId>(graph_.channel_count);
    graph_.channel_count += 2;
    graph_.norms.push_back({path, "batch_norm", path + ".weight", path + ".bias", {first, first + 1}});
    return *this;
  }
  Graph& sum(std::size_t a, std::size_t b, const std::string& layer) {
    const auto& x = graph_.norms[a].ids;
    const auto& y = graph_.norms[b].ids;
    graph_.couplings.push_back({"added by `aten::add`", layer, {{x[0], y[0]}, {x[1], y[1]}}});
    return *this;
  }
  Graph& pin(std::size_t norm) {
    graph_.pins.push_back({"reaches the model's output", "head", {graph_.norms[norm].ids[0]}});
    return *this;
  }
  operator const ChannelGraph&() const { return graph_; }  // NOLINT

 private:
  ChannelGraph graph_;
};

/// Two stages with two members each on a stream, and a free norm.
Graph two_stages() {
  return Graph().norm("s1.0.bn").norm("s1.1.bn").norm("s2.0.bn").norm("s2.1.bn").norm("free").sum(0, 1, "s1.1").sum(2, 3, "s2.1");
}

const char* const kSites = "site bn = s{stage}.{block}.bn\nsite free = free\n";

Diagnostics errors_of(const std::string& rules, const ChannelGraph& graph) {
  auto bound = bind_plan(plan_of(rules), graph, {"", "s1", "s1.0", "s1.0.bn", "head"});
  EXPECT_FALSE(bound);
  return bound.diagnostics;
}

BoundPlan bound_of(const std::string& rules, const ChannelGraph& graph) {
  auto bound = bind_plan(plan_of(rules), graph, {});
  EXPECT_TRUE(bound) << (bound ? "" : bound.diagnostics.front().message);
  return bound ? *bound : BoundPlan{};
}

TEST(Bind, MakesOneSetPerStreamWithItsPolicy) {
  const BoundPlan bound = bound_of(std::string(kSites) + "strategy s { prune bn, free\n tie bn across stage by quota }\n", two_stages());
  ASSERT_EQ(bound.sets.size(), 3U);
  EXPECT_EQ(
      bound.sets[0],
      (CoupledSet{
          2, {0, 1}, {{0, {0, 1}, SiteRole::kVoter}, {1, {0, 1}, SiteRole::kVoter}}, Policy::kQuota, 1, Rounding::kUp, "", 1, 0, {}, 1}));
  EXPECT_EQ(bound.sets[2].members, (std::vector<SetMember>{{4, {0, 1}, SiteRole::kVoter}}));
}

TEST(Bind, AMissingTieNamesTheSumAndTheSites) {
  const Diagnostics errors = errors_of(std::string(kSites) + "strategy s { prune bn }\n", two_stages());
  ASSERT_EQ(errors.size(), 2U);
  EXPECT_EQ(errors[0].code, Code::kP0506);
  EXPECT_EQ(errors[0].message, "the model couples `s1.0.bn` with `s1.1.bn`, but the rules let them differ");
  EXPECT_EQ(std::get<Origin>(errors[0].place).line, 5U);
  ASSERT_EQ(errors[0].notes.size(), 1U);
  EXPECT_EQ(std::get<LayerPlace>(errors[0].notes[0].place).path, "s1.1");
  EXPECT_NE(errors[0].help.find("`tie bn across ...`"), std::string::npos);
}

TEST(Bind, ASiteLeftOutOfTheTieIsMissing) {
  const Diagnostics errors = errors_of("site a = s1.0.bn\nsite b = s1.1.bn\nstrategy s { prune a }\n", two_stages());
  ASSERT_EQ(errors.size(), 1U);
  EXPECT_EQ(errors[0].code, Code::kP0506);
  EXPECT_NE(errors[0].help.find("declare a site for `s1.1.bn`"), std::string::npos);
}

TEST(Bind, TheHelpNamesSitesOfTheRulesAndLayersOfTheModelApart) {
  // `bn` names a site here, and the layer that is missing is called the same: the help must not mix them up.
  const Graph graph = Graph().norm("bn").norm("s.0.bn").norm("s.1.bn").sum(0, 1, "s.0").sum(1, 2, "s.1");
  const std::string sites = "site bn = s.{block}.bn\nsite stem = bn\n";
  const Diagnostics unnamed = errors_of(sites + "strategy s { prune bn\n tie bn }\n", graph);
  EXPECT_EQ(unnamed.front().help, "declare a site for `bn` and carry it in the tie");
  const Diagnostics untied = errors_of(sites + "strategy s { prune bn, stem }\n", graph);
  EXPECT_EQ(untied.front().help, "add `tie stem, bn across ...`, over the label that these sites share");
  const Diagnostics skipped = errors_of(sites + "strategy s { prune bn\n tie bn\n skip stem }\n", graph);
  EXPECT_EQ(skipped.front().help, "write `carrying stem` in the tie");
}

TEST(Bind, TyingAcrossTheWrongLabelIsBothMissingAndTooMuch) {
  const Diagnostics errors = errors_of(std::string(kSites) + "strategy s { prune bn\n tie bn across block }\n", two_stages());
  ASSERT_EQ(errors.size(), 4U);
  EXPECT_EQ(errors[0].code, Code::kP0506);
  EXPECT_NE(errors[0].help.find("not across `block`"), std::string::npos);
  EXPECT_EQ(errors[2].code, Code::kP0507);
  EXPECT_EQ(errors[2].message, "the tie holds `s1.0.bn` and `s2.0.bn` together for block 0, but they share no channel");
}

TEST(Bind, ATieOfUnrelatedSitesIsTooMuch) {
  const Diagnostics errors =
      errors_of(std::string(kSites) + "strategy s { prune bn[stage=1], free\n tie bn[stage=1], free }\n", two_stages());
  ASSERT_EQ(errors.size(), 1U);
  EXPECT_EQ(errors[0].code, Code::kP0507);
}

TEST(Bind, TiedTwice) {
  const Diagnostics errors =
      errors_of(std::string(kSites) + "strategy s { prune bn\n tie bn across stage\n tie s1.*.bn by max }\n", two_stages());
  ASSERT_EQ(errors.size(), 2U);
  EXPECT_EQ(errors[0].code, Code::kP0509);
  EXPECT_EQ(std::get<Origin>(errors[0].place).line, 7U);
}

TEST(Bind, WhatIsTiedToASkippedSiteStaysWhole) {
  const BoundPlan bound =
      bound_of(std::string(kSites) + "strategy s { prune bn, free\n tie bn across stage\n skip first 1 }\n", two_stages());
  EXPECT_EQ(bound.sets[0].kept_because, "`skip` at test.prune:7 keeps `s1.0.bn` whole");
  EXPECT_EQ(bound.sets[0].members[1].role, SiteRole::kKept);
  EXPECT_TRUE(bound.sets[1].kept_because.empty());
}

TEST(Bind, SkipLastCountsFromTheEndOfWhatIsPruned) {
  const BoundPlan bound = bound_of(
      std::string(kSites) + "strategy s { prune bn, free\n tie bn across stage\n skip last 1\n skip last 1 of bn }\n", two_stages());
  EXPECT_TRUE(bound.sets[0].kept_because.empty());
  EXPECT_FALSE(bound.sets[1].kept_because.empty());
  EXPECT_FALSE(bound.sets[2].kept_because.empty());
}

TEST(Bind, CarriedSitesDoNotVote) {
  const BoundPlan bound = bound_of("site a = s1.0.bn\nsite b = s1.1.bn\nstrategy s { prune a\n tie a carrying b }\n", two_stages());
  ASSERT_EQ(bound.sets.size(), 1U);
  EXPECT_EQ(bound.sets[0].members[0].role, SiteRole::kVoter);
  EXPECT_EQ(bound.sets[0].members[1].role, SiteRole::kCarried);
}

TEST(Bind, APinnedSiteStaysWholeAndSaysWhy) {
  const auto bound = bind_plan(plan_of("site free = free\nstrategy s { prune free }\n"), two_stages().pin(4), {});
  ASSERT_TRUE(bound);
  EXPECT_EQ(bound->sets[0].kept_because, "a channel reaches the model's output");
  ASSERT_EQ(bound.diagnostics.size(), 1U);
  EXPECT_EQ(bound.diagnostics[0].code, Code::kP0508);
}

TEST(Bind, ASiteThatMatchesNothingNamesTheNearest) {
  const Diagnostics errors = errors_of("site a = s{stage}.{block}.norm\nstrategy s { prune a }\n", two_stages());
  ASSERT_EQ(errors.size(), 1U);
  EXPECT_EQ(errors[0].code, Code::kP0505);
  EXPECT_NE(errors[0].help.find("`s1.0.bn`"), std::string::npos);
}

TEST(Bind, ASiteOnALayerWithoutAScale) {
  const Diagnostics errors = errors_of("site a = head\nstrategy s { prune a }\n", two_stages());
  ASSERT_EQ(errors.size(), 1U);
  EXPECT_EQ(errors[0].code, Code::kP0510);
}

TEST(Bind, AFilterThatNothingPassesNamesTheValues) {
  const Diagnostics errors = errors_of(std::string(kSites) + "strategy s { prune bn[stage=7] }\n", two_stages());
  ASSERT_EQ(errors.size(), 1U);
  EXPECT_EQ(errors[0].code, Code::kP0505);
  EXPECT_EQ(errors[0].notes[0].text, "`stage` is one of 1, 2");
}

TEST(Bind, APathStandsForEveryNormUnderIt) {
  const BoundPlan bound = bound_of(std::string(kSites) + "strategy s { prune bn\n tie bn across stage\n skip s1.* }\n", two_stages());
  EXPECT_FALSE(bound.sets[0].kept_because.empty());
  EXPECT_TRUE(bound.sets[1].kept_because.empty());
}

/// `joined` reads what `one` and `two` make, side by side, and so does `other`; `plain` reads `one` alone.
ChannelGraph concatenation() {
  ChannelGraph graph;
  graph.norms = {{"one", "batch_norm", "one.weight", "one.bias", {0, 1}},
                 {"two", "batch_norm", "two.weight", "two.bias", {2}},
                 {"joined", "batch_norm", "joined.weight", "joined.bias", {3, 4, 5}},
                 {"other", "batch_norm", "other.weight", "other.bias", {6, 7, 8}}};
  graph.reads = {{{"joined", "forward", {0}}, "aten::batch_norm", "joined", {0, 1, 2}, {3, 4, 5}},
                 {{"other", "forward", {0}}, "aten::batch_norm", "other", {0, 1, 2}, {6, 7, 8}}};
  for (const ConcatRead& read : graph.reads) graph.couplings.push_back(keep_couplings(read).front());
  for (const NormSite& norm : graph.norms) graph.axes.push_back({norm.scale, 0, norm.ids});
  graph.channel_count = 9;
  return graph;
}

TEST(Bind, ANormThatSelectsHasChannelsOfItsOwn) {
  const std::string rules = "site joined = joined\nsite others = one, two, other\nstrategy s { prune joined\n concat-select joined }\n";
  const BoundPlan bound = bound_of(rules, concatenation());
  ASSERT_EQ(bound.sets.size(), 1U);
  EXPECT_EQ(bound.sets[0].width, 3U);
  EXPECT_EQ(bound.sets[0].kept_because, "");
  EXPECT_EQ(bound.selected_reads, (std::vector<bool>{true, false}));
}

TEST(Bind, WhatANormSelectsFromStaysWhole) {
  const std::string rules =
      "site joined = joined\nsite one = one\nsite two = two\nsite other = other\n"
      "strategy s { prune joined, one, other\n concat-select joined\n concat-propagate other, one carrying two }\n";
  const auto bound = bind_plan(plan_of(rules), concatenation(), {});
  ASSERT_TRUE(bound);
  for (const CoupledSet& set : bound->sets) {
    const bool selects = set.members.size() == 1 && set.members[0].norm == 2;
    EXPECT_EQ(set.kept_because, selects ? "" : "a channel is one of those that `joined` selects its own from");
  }
  EXPECT_EQ(bound.diagnostics.front().code, Code::kP0508);
}

TEST(Bind, WithoutASelectionReadersShareTheirChannels) {
  const Diagnostics errors = errors_of("site joined = joined\nstrategy s { prune joined }\n", concatenation());
  ASSERT_FALSE(errors.empty());
  EXPECT_EQ(errors[0].code, Code::kP0506);
}

TEST(Bind, ASelectionWhereNothingIsConcatenated) {
  const Diagnostics errors = errors_of("site one = one\nstrategy s { prune one\n concat-select one }\n", concatenation());
  ASSERT_EQ(errors.size(), 1U);
  EXPECT_EQ(errors[0].code, Code::kP0511);
}

TEST(Bind, WidthsOfSeveralStatementsCombine) {
  const BoundPlan bound =
      bound_of(std::string(kSites) + "strategy s { prune bn, free\n tie bn across stage\n divisible 4\n divisible 6 of free round down }\n",
               two_stages());
  EXPECT_EQ(bound.sets[0].multiple, 4U);
  EXPECT_EQ(bound.sets[2].multiple, 12U);
  EXPECT_EQ(bound.sets[2].rounding, Rounding::kDown);
}

TEST(Bind, ALayoutWhoseSitesAllMatchIsUsed) {
  const std::string rules =
      "site bn = blocks.{stage}.norm\nlayout other { site bn = s{stage}.{block}.bn\n }\nstrategy s { prune bn\n tie bn across stage }\n";
  const BoundPlan bound = bound_of(rules, two_stages());
  ASSERT_EQ(bound.sets.size(), 2U);
  EXPECT_EQ(bound.sets[0].members.size(), 2U);
}

TEST(Bind, WithoutALayoutThatFitsTheNearestIsNamed) {
  const std::string rules =
      "site bn = blocks.{stage}.norm\nsite free = none\nlayout other { site bn = s{stage}.{block}.bn\n site free = nowhere\n }\n"
      "strategy s { prune bn, free\n tie bn across stage }\n";
  const Diagnostics errors = errors_of(rules, two_stages());
  ASSERT_EQ(errors.size(), 1U);
  EXPECT_EQ(errors[0].code, Code::kP0505);
  EXPECT_EQ(errors[0].message, "site `free` under layout `other` matches nothing in the model");
}

TEST(Bind, TheGraphTiesWhatTheRulesLeaveToIt) {
  const BoundPlan bound = bound_of(std::string(kSites) + "strategy s { prune bn[block=0]\n tie from graph by max }\n", two_stages());
  ASSERT_EQ(bound.sets.size(), 2U);
  EXPECT_EQ(bound.sets[0].policy, Policy::kMax);
  EXPECT_EQ(bound.sets[0].members[0].role, SiteRole::kVoter);
  EXPECT_EQ(bound.sets[0].members[1].role, SiteRole::kCarried);
  EXPECT_TRUE(bound.sets[0].kept_because.empty());
}

TEST(Bind, ATieThatIsMeantHoldsUnrelatedSitesTogether) {
  const std::string rules = "site a = s1.0.bn\nsite b = s1.1.bn\nsite free = free\nstrategy s { prune a, b, free\n tie a, b, free";
  EXPECT_EQ(errors_of(rules + " }\n", two_stages()).front().code, Code::kP0507);
  const BoundPlan bound = bound_of(rules + " even if unrelated }\n", two_stages());
  ASSERT_EQ(bound.sets.size(), 1U);
  EXPECT_EQ(bound.sets[0].members.size(), 3U);
  EXPECT_EQ(bound.sets[0].width, 2U);
}

/// Four channels behind `a`, four behind `b`, and a convolution with two groups that reads the one and makes the other.
ChannelGraph in_groups() {
  ChannelGraph graph;
  graph.channel_count = 8;
  graph.norms = {{"a", "batch_norm", "a.weight", "", {0, 1, 2, 3}}, {"b", "batch_norm", "b.weight", "", {4, 5, 6, 7}}};
  graph.grouped = {{"conv", "conv.weight", 2, {0, 1, 2, 3}, {4, 5, 6, 7}, false}};
  return graph;
}

TEST(Bind, GroupsThatStayAreCells) {
  const BoundPlan bound = bound_of("site n = {name}\nstrategy s { prune n }\n", in_groups());
  ASSERT_EQ(bound.sets.size(), 2U);
  EXPECT_EQ(bound.sets[0].cells, (std::vector<std::size_t>{0, 0, 1, 1}));
  EXPECT_EQ(bound.sets[1].cell_count, 2U);
  EXPECT_EQ(bound.sets[1].multiple, 2U);
}

TEST(Bind, GroupsThatGoAreOneChannelAndNeedATie) {
  EXPECT_EQ(errors_of("site n = {name}\nstrategy s { prune n\n groups drop }\n", in_groups()).front().code, Code::kP0506);
  const BoundPlan bound = bound_of("site n = {name}\nstrategy s { prune n\n groups drop\n tie n }\n", in_groups());
  ASSERT_EQ(bound.sets.size(), 1U);
  EXPECT_EQ(bound.sets[0].width, 2U);
  EXPECT_EQ(bound.sets[0].members[0].per_channel, 2U);
  EXPECT_EQ(bound.sets[0].members[1].positions, (std::vector<std::size_t>{0, 1, 2, 3}));
  EXPECT_EQ(bound.sets[0].cell_count, 1U);
}

TEST(Bind, TheLastStatementThatNamesAConvolutionSaysWhatItsGroupsDo) {
  const BoundPlan bound = bound_of("site n = {name}\nsite a = a\nstrategy s { prune n\n groups drop\n groups keep of a }\n", in_groups());
  EXPECT_EQ(bound.sets.size(), 2U);
}

TEST(Bind, ChannelsThatTheGroupsCannotLoseAlikeStayWhole) {
  ChannelGraph graph = in_groups();
  graph.norms[0].ids = {0, 1, 2};  // the second group has one channel of `a` only
  const BoundPlan bound = bound_of("site a = a\nstrategy s { prune a }\n", graph);
  EXPECT_EQ(bound.sets[0].kept_because, "the groups of `conv` could not all lose the same number of these channels");
  EXPECT_EQ(bound.sets[0].cell_count, 1U);  // cells of unequal size have no place in the solver's row
  EXPECT_TRUE(bound.sets[0].cells.empty());
}

TEST(Bind, WhatALayerReadsAloneIsASetOfItsOwn) {
  ChannelGraph graph;
  graph.channel_count = 4;
  graph.norms = {{"a", "batch_norm", "a.weight", "", {0, 1, 2, 3}}};
  graph.axes = {{"a.weight", 0, {0, 1, 2, 3}}, {"first.weight", 1, {0, 1, 2, 3}}, {"second.weight", 1, {2, 3}}};
  const std::string rules = "site a = a\nstrategy s { prune a }\n";
  BoundPlan bound = bound_of(rules, graph);
  ASSERT_EQ(bound.sets.size(), 2U);
  EXPECT_EQ(bound.sets[0].members[0].positions, (std::vector<std::size_t>{0, 1}));
  EXPECT_EQ(bound.sets[1].members[0].positions, (std::vector<std::size_t>{2, 3}));

  graph.axes.pop_back();
  EXPECT_EQ(bound_of(rules, graph).sets.size(), 1U);
  graph.splits = {{{}, "aten::chunk", 2, {{0}, {1, 2, 3}}}};
  EXPECT_EQ(bound_of(rules, graph).sets.size(), 2U);
}

TEST(Bind, BoundsSpeakOfTheNormsWidth) {
  const std::string rules = "site n = {name}\nsite b = b\nstrategy s { prune n\n groups drop\n tie n";
  EXPECT_EQ(bound_of(rules + "\n keep at least 3 }\n", in_groups()).sets[0].least, 2U);
  EXPECT_EQ(bound_of(rules + "\n keep at least 40% }\n", in_groups()).sets[0].least, 1U);
  EXPECT_EQ(bound_of(rules + "\n remove at most 30% of b }\n", in_groups()).sets[0].least, 2U);
  EXPECT_EQ(bound_of(rules + "\n divisible 4 }\n", in_groups()).sets[0].multiple, 2U);
}

TEST(Bind, PoolsByLabelAndBySite) {
  const std::string rules = std::string(kSites) + "strategy s { prune bn\n tie bn across stage\n";
  EXPECT_EQ(bound_of(rules + " rank per stage }\n", two_stages()).pools, (std::vector<std::string>{"stage 1", "stage 2"}));
  EXPECT_EQ(bound_of(rules + " rank per site }\n", two_stages()).pools.size(), 2U);
  EXPECT_EQ(bound_of(rules + "}\n", two_stages()).pools, (std::vector<std::string>{""}));
}

/// Three layers that read a growing concatenation: `n1` reads x, `n2` x and y, `n3` x, y and z.
ChannelGraph growing() {
  ChannelGraph graph;
  graph.channel_count = 3;
  graph.axes = {{"x.weight", 0, {0}}, {"y.weight", 0, {1}}, {"z.weight", 0, {2}}};
  graph.norms = {{"n1", "batch_norm", "n1.weight", "", {0}},
                 {"n2", "batch_norm", "n2.weight", "", {0, 1}},
                 {"n3", "batch_norm", "n3.weight", "", {0, 1, 2}}};
  return graph;
}

TEST(Bind, ReadersOfAConcatenationVoteTogether) {
  const std::string rules = "site n = n{layer}\nsite last = n3\nstrategy s { prune n[layer=1..2]\n";
  EXPECT_EQ(errors_of(rules + "}\n", growing()).front().code, Code::kP0506);
  EXPECT_EQ(errors_of(rules + " concat-propagate n[layer=1..2] }\n", growing()).front().code, Code::kP0506);
  const BoundPlan bound = bound_of(rules + " concat-propagate n[layer=1..2] by any carrying last }\n", growing());
  ASSERT_EQ(bound.sets.size(), 2U);  // nobody votes on z
  EXPECT_EQ(bound.sets[0].policy, Policy::kAny);
  EXPECT_EQ(bound.sets[0].members[2].role, SiteRole::kCarried);
  EXPECT_EQ(bound.sets[1].members.size(), 2U);
}

TEST(Bind, AReaderThatSharesNothingHasNoPlaceAmongThem) {
  ChannelGraph graph = growing();
  graph.norms.push_back({"n4", "batch_norm", "n4.weight", "", {3}});
  graph.channel_count = 4;
  const Diagnostics errors = errors_of("site n = n{layer}\nstrategy s { prune n\n concat-propagate n }\n", graph);
  ASSERT_EQ(errors.size(), 1U);
  EXPECT_EQ(errors[0].message, "`concat-propagate` holds `n4` and `n1` together, but they share no channel");
}

TEST(Bind, ASetOnWhichNobodyVotesStaysWholeAndSaysWhy) {
  const std::string rules =
      "site n = n{layer}\nstrategy s { prune n[layer=1], n[layer=3]\n concat-propagate n[layer=1] carrying n[layer=2..3] }\n";
  const auto bound = bind_plan(plan_of(rules), growing(), {});
  ASSERT_TRUE(bound) << bound.diagnostics.front().message;
  ASSERT_EQ(bound->sets.size(), 3U);
  EXPECT_TRUE(bound->sets[0].kept_because.empty());
  EXPECT_EQ(bound->sets[1].kept_because, "every norm on its channels is carried, so nobody votes on them");
  ASSERT_EQ(bound.diagnostics.size(), 2U);  // one for each of the two sets
  EXPECT_EQ(bound.diagnostics[0].code, Code::kP0508);
  EXPECT_EQ(bound.diagnostics[0].message, "`n3` stays whole: every norm on its channels is carried, so nobody votes on them");
}

TEST(Bind, WithoutSitesAllThatReadAConcatenationAreMeant) {
  const BoundPlan bound =
      bound_of("site n = n{layer}\nsite one = n1\nstrategy s { prune n[layer=2..]\n concat-propagate carrying one }\n", growing());
  EXPECT_EQ(bound.sets.size(), 3U);
  EXPECT_EQ(bound.sets[0].members[0].role, SiteRole::kCarried);
}

}  // namespace
}  // namespace prunec
