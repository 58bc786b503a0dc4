// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

// The commands that the pages of `prunec explain` show are run: what a page shows before its advice gives its code, what it shows behind
// gives none. PRUNEC_UPDATE_GOLDENS=1 writes what the commands say now into the pages.

#include "compiler/diag/pages.h"

#include <cstdlib>
#include <sstream>

#include "compiler/source/file_io.h"
#include "tests/cli/cli_test.h"

namespace prunec::cli {
namespace {

namespace fs = std::filesystem;

constexpr const char* kPages = PRUNEC_ROOT "/compiler/diag/pages/";

class PagesTest : public CliTest {
 protected:
  /// A block of commands as it should read: `$ ls` names the files that are there, `$ cat FILE` shows one of them, and `$ prunec ...` is
  /// run.
  std::string played(const std::string& block) {
    std::istringstream lines(block);
    std::string now, command, shown;
    for (std::string line; std::getline(lines, line);) {
      if (line.starts_with("$ ")) {
        now += step(command, shown);
        command = line.substr(2);
        shown.clear();
      } else {
        shown += line + "\n";
      }
    }
    return now + step(command, shown);
  }

 private:
  static std::vector<std::string> words_of(const std::string& text) {
    std::istringstream stream(text);
    std::vector<std::string> words;
    for (std::string word; stream >> word;) words.push_back(word);
    return words;
  }

  std::string step(const std::string& command, const std::string& shown) {
    if (command.empty()) return "";
    std::vector<std::string> words = words_of(command);
    const std::string program = words.front();
    words.erase(words.begin());
    const std::string line = "$ " + command + "\n";
    if (program == "prunec") {
      const Result result = prunec(words);
      return line + result.out + result.err;
    }
    if (program == "cat") write(words.at(0), shown);
    if (program == "ls") {
      for (const std::string& name : words_of(shown)) write(name, name.ends_with(".prune") ? kRules : "some text\n");
    }
    return line + shown;
  }
};

TEST_F(PagesTest, CommandsDoWhatTheySay) {
  write("prefix/share/prunec/rules/resnet18.prune", kRules);
  std::size_t count = 0;
  for (const CodeInfo& code : all_codes()) {
    const std::string path = kPages + std::string(code.id) + ".md";
    std::string page = std::get<std::string>(read_file(path));
    const std::string before = page;
    const std::string fence = "```console\n", said = "[" + std::string(code.id) + "]";
    for (const std::string& name : names()) {
      if (name != "prefix") fs::remove(folder_ / name);
    }
    for (auto at = page.find(fence); at != std::string::npos; at = page.find(fence, at)) {
      at += fence.size();
      const std::size_t length = page.find("```", at) - at;
      const std::string now = played(page.substr(at, length));
      const bool advice = at > page.find("## What to do");
      EXPECT_EQ(now.find(advice ? "error[" : said) == std::string::npos, advice) << code.id << "\n" << now;
      EXPECT_TRUE(advice || now.find("[P0") == now.rfind("[P0") || code.code == Code::kP0113) << code.id << " says more\n" << now;
      page.replace(at, length, now);
      ++count;
    }
    if (page == before) continue;
    if (std::getenv("PRUNEC_UPDATE_GOLDENS") != nullptr) {
      ASSERT_FALSE(write_file_atomically(path, page).has_value());
    } else {
      EXPECT_EQ(page, before) << code.id;
    }
  }
  EXPECT_GT(count, 20u);
}

}  // namespace
}  // namespace prunec::cli
