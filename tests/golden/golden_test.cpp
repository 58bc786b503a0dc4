// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

// Every file below rules/ and plans/ holds, behind its text, the diagnostics that it must give, as comments that begin with `#!`.
// PRUNEC_UPDATE_GOLDENS=1 writes what it gives now. A name begins with fail_ exactly when there are errors.

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <gtest/gtest.h>
#include <map>
#include <memory>
#include <set>
#include <sstream>
#include <string>

#include "compiler/check/check.h"
#include "compiler/diag/render.h"
#include "compiler/plan/plan_toml.h"
#include "compiler/source/file_io.h"

namespace prunec {
namespace {

namespace fs = std::filesystem;

/// Codes of phases P01 to P04 that no file here can give.
const std::map<std::string, std::string> kExempt = {
    {"P0103", "a file of more than 4 MiB does not belong into the repository; tests/unit/compiler/syntax covers it"},
    {"P0405", "compares a plan with its rule file, which takes two files; tests/cli covers it"},
};

std::string read(const fs::path& path) {
  return std::get<std::string>(read_file(path.string()));
}

std::vector<fs::path> files() {
  std::vector<fs::path> found;
  for (const auto& entry : fs::recursive_directory_iterator(PRUNEC_GOLDEN_DIR)) {
    const auto ending = entry.path().extension();
    if (ending == ".prune" || ending == ".toml") found.push_back(entry.path());
  }
  std::sort(found.begin(), found.end());
  return found;
}

struct Golden {
  std::string text;      ///< what is read
  std::string expected;  ///< what must be said
};

Golden split(const std::string& whole) {
  const auto mark = whole.starts_with("#!") ? 0 : whole.find("\n#!");
  if (mark == std::string::npos) return {whole, ""};
  Golden golden{whole.substr(0, mark == 0 ? 0 : mark + 1), ""};
  std::istringstream lines(whole.substr(golden.text.size()));
  for (std::string line; std::getline(lines, line);) golden.expected += line.substr(std::min<std::size_t>(line.size(), 3)) + "\n";
  return golden;
}

std::string join(const Golden& golden) {
  std::string whole = golden.text;
  std::istringstream lines(golden.expected);
  for (std::string line; std::getline(lines, line);) whole += line.empty() ? "#!\n" : "#! " + line + "\n";
  return whole;
}

/// Files of the folder by their names alone, so that no path of this machine is printed.
class GoldenRules : public RuleLibrary {
 public:
  std::variant<std::shared_ptr<const SourceFile>, NotFound> find(const std::string& name, const SourceFile&) const override {
    if (name.starts_with("/") || name.starts_with("..")) return NotFound{NotFound::Reason::kEscapes, ""};
    const std::string file = name.ends_with(".prune") ? name : name + ".prune";
    const auto text = read_file(PRUNEC_GOLDEN_DIR "/rules/" + file);
    if (const auto* bytes = std::get_if<std::string>(&text)) return std::make_shared<const SourceFile>(file, split(*bytes).text);
    return NotFound{};
  }
};

Diagnostics judge(const fs::path& path, const std::string& text) {
  auto source = std::make_shared<const SourceFile>(path.filename().string(), text);
  return path.extension() == ".toml" ? read_plan(source).diagnostics : parse_and_check(source, GoldenRules()).diagnostics;
}

class GoldenTest : public ::testing::TestWithParam<fs::path> {};

TEST_P(GoldenTest, SaysWhatItsCommentsSay) {
  const fs::path path = GetParam();
  Golden golden = split(read(path));
  const Diagnostics diagnostics = judge(path, golden.text);
  std::ostringstream said;
  render_text(said, diagnostics, false);
  const std::string now = said.str();
  EXPECT_EQ(path.filename().string().starts_with("fail_"), has_error(diagnostics)) << now;
  EXPECT_EQ(now.find("<EOF>"), std::string::npos);
  if (std::getenv("PRUNEC_UPDATE_GOLDENS") != nullptr && now != golden.expected) {
    golden.expected = now;
    ASSERT_FALSE(write_file_atomically(path.string(), join(golden)).has_value());
    return;
  }
  EXPECT_EQ(golden.expected, now);
}

/// How often each thing is said.
std::map<std::string, std::size_t> counted(const Diagnostics& diagnostics) {
  std::map<std::string, std::size_t> counts;
  for (const Diagnostic& diagnostic : diagnostics) ++counts[info(diagnostic.code).id + diagnostic.message];
  return counts;
}

TEST_P(GoldenTest, FixesMendWhatTheyAreFor) {
  const fs::path path = GetParam();
  const auto source = std::make_shared<const SourceFile>(path.filename().string(), split(read(path)).text);
  const Diagnostics diagnostics = parse_and_check(source, GoldenRules()).diagnostics;
  for (const Diagnostic& diagnostic : diagnostics) {
    if (!diagnostic.fix || diagnostic.fix->range.file != source) continue;
    std::string text(source->text());
    const Span span = diagnostic.fix->range.span;
    text.replace(span.begin, span.end - span.begin, diagnostic.fix->text);
    const Diagnostics left = parse_and_check(std::make_shared<const SourceFile>(source->path(), text), GoldenRules()).diagnostics;
    const std::string said = info(diagnostic.code).id + diagnostic.message;
    EXPECT_LT(counted(left)[said], counted(diagnostics)[said]) << said << "\n" << text;
  }
}

std::string name_of(const ::testing::TestParamInfo<fs::path>& info) {
  return info.param.stem().string();
}

INSTANTIATE_TEST_SUITE_P(Files, GoldenTest, ::testing::ValuesIn(files()), name_of);

TEST(Goldens, CoverEveryCode) {
  std::set<std::string> seen;
  for (const fs::path& path : files()) {
    for (const Diagnostic& diagnostic : judge(path, split(read(path)).text)) seen.insert(info(diagnostic.code).id);
  }
  for (const CodeInfo& code : all_codes()) {
    const std::string id = code.id;
    if (id >= "P0500") continue;
    EXPECT_NE(seen.contains(id), kExempt.contains(id)) << id << " needs a golden file, or a reason why it has none";
  }
}

}  // namespace
}  // namespace prunec
