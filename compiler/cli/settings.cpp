// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

#include "compiler/cli/settings.h"

#include <filesystem>
#include <memory>
#include <string>
#include <utility>

#include "compiler/source/file_io.h"
#include "compiler/toml/reader.h"

namespace prunec::cli {
namespace {

namespace fs = std::filesystem;
using toml_text::Need;
using toml_text::Table;
using toml_text::TableReader;

constexpr const char* kFileName = "prunec.toml";

class Reader {
 public:
  Reader(std::shared_ptr<const SourceFile> source, std::string folder)
      : report_{std::move(source), Code::kP0810, Code::kP0810}, folder_(std::move(folder)) {}

  Outcome<Settings> run() {
    const auto parsed = toml_text::parse(*report_.source);
    if (const auto* failure = std::get_if<toml_text::Failure>(&parsed)) {
      report_.add(Code::kP0810, failure->span, "the settings cannot be read as TOML");
      return std::move(report_.diagnostics);
    }
    TableReader root(std::get<Table>(parsed), {0, 0}, "prunec.toml", report_);
    Settings settings;
    settings.path = report_.source->path();
    if (const Table* table = root.table("compile", Need::kOptional)) compile(*table, root.span_of("compile"), settings);
    if (const Table* table = root.table("apply", Need::kOptional)) apply(*table, root.span_of("apply"), settings);
    root.finish();
    if (!report_.diagnostics.empty()) return std::move(report_.diagnostics);
    return settings;
  }

 private:
  void compile(const Table& table, Span span, Settings& settings) {
    TableReader reader(table, span, "[compile]", report_);
    settings.rules = rules(reader.text("rules", Need::kOptional));
    settings.strategy = reader.text("strategy", Need::kOptional);
    settings.plan = located(reader.text("plan", Need::kOptional));
    reader.finish();
  }

  void apply(const Table& table, Span span, Settings& settings) {
    TableReader reader(table, span, "[apply]", report_);
    settings.ratio = reader.number("ratio", Need::kOptional);
    settings.threshold = reader.number("threshold", Need::kOptional);
    for (const auto& [key, share] : {std::pair{"macs", &settings.macs},
                                     {"params", &settings.params},
                                     {"channels", &settings.channels},
                                     {"latency", &settings.latency}}) {
      *share = reader.number(key, Need::kOptional);
      if (*share && !(**share > 0 && **share <= 1)) reader.bad_value(key, "a share above 0 and up to 1");
    }
    settings.latency_table = located(reader.text("latency_table", Need::kOptional));
    settings.tolerance = reader.number("tolerance", Need::kOptional);
    settings.device = reader.text("device", Need::kOptional);
    settings.input = reader.text("input", Need::kOptional);
    settings.output = located(reader.text("output", Need::kOptional));
    settings.report = located(reader.text("report", Need::kOptional));
    if (settings.ratio && !(*settings.ratio >= 0 && *settings.ratio < 1))
      reader.bad_value("ratio", "a number from 0 up to but not including 1");
    if (settings.threshold && !(*settings.threshold >= 0)) reader.bad_value("threshold", "a number that is not negative");
    if (settings.tolerance && !(*settings.tolerance > 0)) reader.bad_value("tolerance", "a number above 0");
    one_amount(reader, settings);
    reader.finish();
  }

  void one_amount(const TableReader& reader, const Settings& settings) {
    const char* first = nullptr;
    for (const auto& [key, given] : {std::pair{"ratio", settings.ratio},
                                     {"threshold", settings.threshold},
                                     {"macs", settings.macs},
                                     {"params", settings.params},
                                     {"channels", settings.channels},
                                     {"latency", settings.latency}}) {
      if (!given) continue;
      if (first)
        report_.add(Code::kP0810, reader.span_of(key), "`" + std::string(first) + "` and `" + key + "` are two amounts",
                    "leave one of the two out");
      first = key;
    }
  }

  /// A path of the settings as seen from the working folder.
  std::optional<std::string> located(std::optional<std::string> path) const {
    if (!path || folder_.empty()) return path;
    return (fs::path(folder_) / *path).lexically_normal().string();
  }

  /// A bare name that is no file of the folder means installed rules.
  std::optional<std::string> rules(std::optional<std::string> name) const {
    auto path = located(name);
    std::error_code ignored;
    const bool bare = name && name->find('/') == std::string::npos && fs::path(*name).extension().empty();
    return bare && !fs::exists(*path, ignored) ? name : path;
  }

  toml_text::Report report_;
  std::string folder_;
};

}  // namespace

Outcome<Settings> read_settings(const std::string& path) {
  auto file = read_file(path);
  if (auto* error = std::get_if<IoError>(&file)) {
    Diagnostic diagnostic{Code::kP0803, "the settings cannot be read", FilePlace{path}};
    diagnostic.notes.push_back({{}, error->reason});
    return diagnostic;
  }
  auto source = std::make_shared<const SourceFile>(path, std::move(std::get<std::string>(file)));
  return Reader(std::move(source), fs::path(path).parent_path().string()).run();
}

Outcome<Settings> find_settings() {
  std::error_code error;
  fs::path relative;  // "" in the working folder, "..", "../.." above it
  for (fs::path folder = fs::current_path(error); !error; folder = folder.parent_path(), relative /= "..") {
    if (fs::is_regular_file(folder / kFileName, error)) return read_settings((relative / kFileName).string());
    if (folder == folder.parent_path()) break;
    error.clear();
  }
  return Settings{};
}

}  // namespace prunec::cli
