// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

#include "compiler/diag/render.h"

#include <gtest/gtest.h>
#include <memory>
#include <nlohmann/json.hpp>
#include <sstream>
#include <string>

namespace prunec {
namespace {

std::string text(const Diagnostics& diagnostics, bool colour = false) {
  std::ostringstream out;
  render_text(out, diagnostics, colour);
  return out.str();
}

std::shared_ptr<const SourceFile> source(const std::string& text) {
  return std::make_shared<const SourceFile>("x.prune", text);
}

Diagnostic at(const std::shared_ptr<const SourceFile>& file, const std::string& word) {
  const std::size_t begin = file->text().find(word);
  return {Code::kP0104, "expected a number", SourceRange{file, {begin, begin + word.size()}}};
}

TEST(RenderText, ShowsPlaceLineMarksNotesAndHelp) {
  const auto file = source("prunec 1\n  divisible   thirtytwo\n");
  Diagnostic diagnostic = at(file, "thirtytwo");
  diagnostic.label = "not a number";
  diagnostic.labels.push_back({{file, {11, 20}}, "this statement"});
  diagnostic.notes.push_back({LayerPlace{"layer1.0"}, "has 64 channels"});
  diagnostic.notes.push_back({Origin{"y.prune", 3, 4, 5}, "tied here"});
  diagnostic.help = "write digits";
  EXPECT_EQ(text({diagnostic}),
            "x.prune:2:15: error[P0104]: expected a number\n"
            "  2 |   divisible   thirtytwo\n"
            "    |               ^^^^^^^^^ not a number\n"
            "  2 |   divisible   thirtytwo\n"
            "    |   --------- this statement\n"
            "  note: `layer1.0`: has 64 channels\n"
            "  note: y.prune:3:4: tied here\n"
            "  help: write digits\n");
}

TEST(RenderText, OtherPlaces) {
  EXPECT_EQ(text({{Code::kP0505, "m", LayerPlace{"layer1"}}}), "error[P0505]: m\n  layer: layer1\n");
  EXPECT_EQ(text({{Code::kP0803, "m", FilePlace{"a.pt"}}}), "a.pt: error[P0803]: m\n");
  EXPECT_EQ(text({{Code::kP0207, "m", Origin{"a.prune", 1, 2, 3}}}), "a.prune:1:2: warning[P0207]: m [-Wunused-site]\n");
}

TEST(RenderText, TabsWideSignsAndBrokenBytesKeepTheMarksInPlace) {
  const auto file = source("\tx\xE6\x97\xA5 \xFF here\n");
  const std::string shown = text({at(file, "here")});
  EXPECT_NE(shown.find("  1 |     x\xE6\x97\xA5 \xEF\xBF\xBD here\n    |           ^^^^\n"), std::string::npos) << shown;
}

TEST(RenderText, ControlSignsDoNotReachTheTerminal) {
  const auto file = source("a\033[31m here\n");
  Diagnostic diagnostic = at(file, "here");
  diagnostic.message = "bad\033[2J\nname";
  const std::string shown = text({diagnostic});
  EXPECT_EQ(shown.find('\033'), std::string::npos);
  EXPECT_NE(shown.find("bad?[2J?name"), std::string::npos);
}

TEST(RenderText, CutsLongLinesAroundTheMarks) {
  const auto file = source(std::string(500, 'a') + " here " + std::string(500, 'b') + "\n");
  const std::string shown = text({at(file, "here")});
  std::istringstream lines(shown);
  for (std::string line; std::getline(lines, line);) EXPECT_LT(line.size(), 200u);
  EXPECT_NE(shown.find("^^^^"), std::string::npos);
  EXPECT_NE(shown.find("here"), std::string::npos);
}

TEST(RenderText, AnEmptySpanIsMarkedOnce) {
  const auto file = source("prune");
  EXPECT_NE(text({{Code::kP0101, "m", SourceRange{file, {5, 5}}}}).find("    |      ^\n"), std::string::npos);
}

TEST(RenderText, ColourOnlyAddsColour) {
  const auto file = source("prune thirtytwo\n");
  std::string coloured = text({at(file, "thirtytwo")}, true);
  EXPECT_NE(coloured.find('\033'), std::string::npos);
  for (std::size_t i; (i = coloured.find('\033')) != std::string::npos;) coloured.erase(i, coloured.find('m', i) - i + 1);
  EXPECT_EQ(coloured, text({at(file, "thirtytwo")}));
}

TEST(RenderCompact, IsTheFirstLine) {
  std::ostringstream out;
  render_compact(out, {at(source("a thirtytwo"), "thirtytwo")});
  EXPECT_EQ(out.str(), "x.prune:1:3: error[P0104]: expected a number\n");
}

TEST(RenderJson, HoldsEverything) {
  const auto file = source("\xC3\xB6 thirtytwo");
  Diagnostic diagnostic = at(file, "thirtytwo");
  diagnostic.fix = Fix{{file, {3, 12}}, "32"};
  diagnostic.notes.push_back({LayerPlace{"layer1"}, "n"});
  const auto json = nlohmann::json::parse(render_json({diagnostic}));
  EXPECT_EQ(json["schema"], 1);
  const auto& first = json["diagnostics"][0];
  EXPECT_EQ(first["code"], "P0104");
  EXPECT_EQ(first["name"], "expected-number");
  EXPECT_EQ(first["severity"], "error");
  EXPECT_EQ(first["path"], "x.prune");
  EXPECT_EQ(first["range"]["start"], (nlohmann::json{{"line", 1}, {"column", 3}, {"byte", 3}}));
  EXPECT_EQ(first["fix"]["text"], "32");
  EXPECT_EQ(first["notes"][0]["layer"], "layer1");
}

TEST(RenderJson, SurvivesBrokenText) {
  EXPECT_NO_THROW(nlohmann::json::parse(render_json({{Code::kP0101, "a \xFF b"}})));
}

TEST(WithSource, TurnsOriginsIntoPlaces) {
  const auto file = source("one\n\xC3\xB6\xC3\xB6 tie bn2\n");
  const Diagnostics found = with_source({{Code::kP0506, "m", Origin{"x.prune", 2, 4, 7}},
                                         {Code::kP0506, "m", Origin{"other.prune", 2, 4, 7}},
                                         {Code::kP0506, "m", Origin{"x.prune", 9, 4, 7}}},
                                        file);
  EXPECT_EQ(file->text(std::get<SourceRange>(found[0].place).span), "tie bn2");
  EXPECT_TRUE(std::holds_alternative<Origin>(found[1].place));
  EXPECT_TRUE(std::holds_alternative<Origin>(found[2].place));
}

}  // namespace
}  // namespace prunec
