// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

#include "compiler/plan/path_pattern.h"

#include <gtest/gtest.h>

namespace prunec {
namespace {

PathPattern pattern(std::string_view text) {
  auto read = parse_pattern(text);
  if (const auto* error = std::get_if<PatternError>(&read)) ADD_FAILURE() << text << ": " << error->message;
  return std::get<PathPattern>(read);
}

std::optional<Labels> matched(std::string_view text, std::string_view path) {
  return match(pattern(text), path);
}

TEST(PathPattern, WritesWhatItReads) {
  for (const char* text :
       {"bn1", "layer{stage}.{block}.bn1", "a.*.b-c_d", "**", "a.**.b", "x{n=2..}y", "{s=1..3}", "{s=1|x|3}", "conv.0.1", "a*b*c"}) {
    EXPECT_EQ(to_string(pattern(text)), text);
    EXPECT_EQ(pattern(to_string(pattern(text))), pattern(text));
  }
}

CaptureRange range(std::string_view text) {
  return text.empty() ? CaptureRange{} : std::get<CaptureRange>(parse_range(text));
}

TEST(CaptureRange, LiesWithin) {
  for (const auto& [part, whole] : std::vector<std::pair<const char*, const char*>>{
           {"", ""}, {"1..3", ""}, {"1", "1..3"}, {"1|3", "1..3"}, {"2..", "1.."}, {"2..3", "1..3"}, {"x", "x|y"}}) {
    EXPECT_TRUE(lies_within(range(part), range(whole))) << part << " in " << whole;
  }
  for (const auto& [part, whole] : std::vector<std::pair<const char*, const char*>>{
           {"", "1.."}, {"1|4", "1..3"}, {"1..", "1..3"}, {"0..2", "1..3"}, {"x", "1.."}, {"1..2", "1|2"}, {"x|y", "x"}}) {
    EXPECT_FALSE(lies_within(range(part), range(whole))) << part << " in " << whole;
  }
}

TEST(CaptureRange, AreApart) {
  for (const auto& [a, b] :
       std::vector<std::pair<const char*, const char*>>{{"1", "2"}, {"1..2", "3.."}, {"x", "1.."}, {"1|2", "3|4"}, {"5", "1..4"}}) {
    EXPECT_TRUE(are_apart(range(a), range(b)) && are_apart(range(b), range(a))) << a << " and " << b;
  }
  for (const auto& [a, b] : std::vector<std::pair<const char*, const char*>>{
           {"", "1"}, {"", ""}, {"1..3", "3.."}, {"1|2", "2|3"}, {"2", "1..4"}, {"1..", "4.."}}) {
    EXPECT_FALSE(are_apart(range(a), range(b)) || are_apart(range(b), range(a))) << a << " and " << b;
  }
}

TEST(PathPattern, ErrorsPointAtTheirPlace) {
  struct Case {
    std::string text, marked;
  };
  for (const auto& [text, marked] : std::vector<Case>{{"layer{stage.{block}.x", "{stage"},
                                                      {"a..b", "."},
                                                      {".a", "."},
                                                      {"a.", "."},
                                                      {"a**", "**"},
                                                      {"{4}", "{4}"},
                                                      {"a{s=3..1}", "3..1"},
                                                      {"a{s=..}", ".."},
                                                      {"a{s=}", "}"},
                                                      {"{a}{b}", "{a}{b}"},
                                                      {"a$b", "$"},
                                                      {"{a", "{a"}}) {
    const auto read = parse_pattern(text);
    ASSERT_TRUE(std::holds_alternative<PatternError>(read)) << text;
    const auto& error = std::get<PatternError>(read);
    ASSERT_LE(error.offset + error.length, text.size()) << text;
    EXPECT_EQ(text.substr(error.offset, error.length), marked) << text << ": " << error.message;
  }
  EXPECT_TRUE(std::holds_alternative<PatternError>(parse_pattern("")));
}

TEST(PathMatch, ComponentsAndDigits) {
  EXPECT_EQ(matched("layer{stage}.{block}.bn1", "layer12.block-a.bn1"), (Labels{{"stage", "12"}, {"block", "block-a"}}));
  EXPECT_FALSE(matched("layer{stage}.{block}.bn1", "layer.0.bn1")) << "digits are due";
  EXPECT_FALSE(matched("layer{stage}.{block}.bn1", "layerx.0.bn1"));
  EXPECT_FALSE(matched("layer{stage}.{block}.bn1", "layer1.0.bn1.extra"));
  EXPECT_FALSE(matched("bn1", "layer.bn1"));
  EXPECT_EQ(matched("conv.0.1", "conv.0.1"), Labels{});
}

TEST(PathMatch, Ranges) {
  EXPECT_TRUE(matched("layer{s=2..}.bn", "layer10.bn"));
  EXPECT_FALSE(matched("layer{s=2..}.bn", "layer1.bn"));
  EXPECT_TRUE(matched("layer{s=1..3}.bn", "layer3.bn"));
  EXPECT_FALSE(matched("layer{s=1..3}.bn", "layer4.bn"));
  EXPECT_TRUE(matched("{s=a|b}.bn", "b.bn"));
  EXPECT_FALSE(matched("{s=a|b}.bn", "c.bn"));
  EXPECT_FALSE(matched("{s=2..}.bn", "99999999999999999999999.bn")) << "no number of any use";
}

TEST(PathMatch, Stars) {
  EXPECT_TRUE(matched("a.*.c", "a.b.c"));
  EXPECT_FALSE(matched("a.*.c", "a.b.b.c"));
  EXPECT_TRUE(matched("a.**.c", "a.c"));
  EXPECT_TRUE(matched("a.**.c", "a.b.b.c"));
  EXPECT_EQ(matched("**.bn{n}", "x.y.bn3"), (Labels{{"n", "3"}}));
  EXPECT_TRUE(matched("b*n", "bn"));
}

TEST(PathMatch, ANameCapturedTwiceHoldsTheSameText) {
  EXPECT_TRUE(matched("layer{s}.sub{s}", "layer1.sub1"));
  EXPECT_FALSE(matched("layer{s}.sub{s}", "layer1.sub2"));
}

TEST(PathMatch, ManyStarsStayCheap) {
  EXPECT_FALSE(matched("*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*b", std::string(200, 'a')));
  std::string path = "x";
  for (int i = 0; i < 60; ++i) path += ".x";
  EXPECT_FALSE(matched("**.x.**.x.**.x.**.x.**.x.**.x.**.y", path));
}

TEST(PathPattern, NamesItsCaptures) {
  EXPECT_EQ(capture_names(pattern("layer{s}.{b}.x{s}")), (std::vector<std::string>{"s", "b"}));
}

}  // namespace
}  // namespace prunec
