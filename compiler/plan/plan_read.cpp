// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

#include <charconv>
#include <cmath>
#include <limits>
#include <optional>
#include <string>
#include <utility>

#include "compiler/diag/nearest.h"
#include "compiler/plan/plan_toml.h"
#include "compiler/plan/policies.h"
#include "compiler/toml/reader.h"

namespace prunec {
namespace {

using toml_text::Need;
using toml_text::Table;
using toml_text::TableReader;
using toml_text::Value;

/// Values with mistakes are replaced by empty ones: the report holds an error then and the plan is not given out.
class Reader {
 public:
  explicit Reader(std::shared_ptr<const SourceFile> source) : report_{std::move(source), Code::kP0404, Code::kP0403} {}

  Outcome<ConstraintPlan> run() {
    const auto parsed = toml_text::parse(*report_.source);
    if (const auto* failure = std::get_if<toml_text::Failure>(&parsed)) {
      report_.add(Code::kP0401, failure->span, "the plan cannot be read as TOML", "compile the rules again");
      return std::move(report_.diagnostics);
    }
    const Table& root = std::get<Table>(parsed);
    if (!check_version(root)) return std::move(report_.diagnostics);
    ConstraintPlan plan = read_root(root);
    if (!report_.diagnostics.empty()) return std::move(report_.diagnostics);
    return plan;
  }

 private:
  bool check_version(const Table& root) {
    const auto found = root.find("plan");
    const auto* version = found == root.end() ? nullptr : std::get_if<std::int64_t>(&found->second.data);
    if (version == nullptr) {
      report_.add(Code::kP0402, found == root.end() ? Span{0, 0} : found->second.span,
                  "this is no plan: it has no `plan = " + std::to_string(kPlanVersion) + "`", "write a plan with `prunec compile`");
      return false;
    }
    if (*version == kPlanVersion) return true;
    report_.add(Code::kP0402, found->second.span,
                "the plan is of version " + std::to_string(*version) + ", this prunec reads version " + std::to_string(kPlanVersion),
                "compile the rules again with this prunec");
    return false;
  }

  ConstraintPlan read_root(const Table& root) {
    TableReader reader(root, {0, 0}, "the plan", report_);
    ConstraintPlan plan;
    reader.integer("plan");
    plan.architecture = reader.text("architecture").value_or("");
    plan.strategy = reader.text("strategy").value_or("");
    plan.description = reader.text("description", Need::kOptional).value_or("");
    plan.rules_path = reader.text("rules").value_or("");
    plan.rules_sha256 = reader.text("rules_sha256").value_or("");
    each_table(reader, "site", [&](const Table& table, Span span) { plan.sites.push_back(site(table, span)); });
    each_table(reader, "layout", [&](const Table& table, Span span) { plan.layouts.push_back(layout(table, span)); });
    each_table(reader, "statement", [&](const Table& table, Span span) {
      if (auto read = statement(table, span)) plan.statements.push_back(std::move(*read));
    });
    reader.finish();
    return plan;
  }

  template <typename Visit>
  void each_table(TableReader& reader, const std::string& key, Visit visit) {
    const auto* array = reader.array(key, Need::kOptional);
    if (array == nullptr) return;
    for (const Value& value : *array) {
      const auto* table = std::get_if<Table>(&value.data);
      if (table == nullptr) return reader.bad_value(key, "a list of tables");
      visit(*table, value.span);
    }
  }

  std::size_t whole(TableReader& reader, const std::string& key, std::size_t least) {
    const auto value = reader.integer(key);
    if (!value) return least;
    if (*value < 0 || static_cast<std::size_t>(*value) < least)
      reader.bad_value(key, "a whole number of at least " + std::to_string(least));
    return *value < 0 ? least : static_cast<std::size_t>(*value);
  }

  /// "file:line:column", read from the end since the path may hold colons.
  Origin origin(TableReader& reader) {
    Origin origin;
    const std::string text = reader.text("origin").value_or("?:1:1");
    const auto column = text.rfind(':');
    const auto line = column == std::string::npos || column == 0 ? std::string::npos : text.rfind(':', column - 1);
    const auto digits = [](std::string_view part, std::size_t& number) {
      const auto [end, error] = std::from_chars(part.data(), part.data() + part.size(), number);
      return error == std::errc{} && end == part.data() + part.size() && number > 0;
    };
    if (line == std::string::npos || !digits(std::string_view(text).substr(line + 1, column - line - 1), origin.line) ||
        !digits(std::string_view(text).substr(column + 1), origin.column)) {
      reader.bad_value("origin", "`file:line:column`");
    }
    origin.file = text.substr(0, line);
    origin.length = whole(reader, "length", 0);
    return origin;
  }

  std::optional<PathPattern> pattern(TableReader& reader, const std::string& key, const std::string& text) {
    auto read = parse_pattern(text);
    if (auto* good = std::get_if<PathPattern>(&read)) return std::move(*good);
    report_.add(Code::kP0404, reader.span_of(key), "`" + text + "` is no path pattern: " + std::get<PatternError>(read).message);
    return std::nullopt;
  }

  Site site(const Table& table, Span span) {
    TableReader reader(table, span, "a site", report_);
    Site site;
    site.name = reader.text("name").value_or("");
    for (const std::string& text : reader.texts("patterns")) {
      if (auto read = pattern(reader, "patterns", text)) site.patterns.push_back(std::move(*read));
    }
    for (const std::string& text : reader.texts("labels", Need::kOptional)) {
      const auto equals = text.find('=');
      if (equals == std::string::npos || equals == 0) reader.bad_value("labels", "`label=value`");
      site.labels.emplace(text.substr(0, equals), equals == std::string::npos ? "" : text.substr(equals + 1));
    }
    site.origin = origin(reader);
    reader.finish();
    return site;
  }

  Layout layout(const Table& table, Span span) {
    TableReader reader(table, span, "a layout", report_);
    Layout layout;
    layout.name = reader.text("name").value_or("");
    each_table(reader, "site", [&](const Table& inner, Span at) { layout.sites.push_back(site(inner, at)); });
    layout.origin = origin(reader);
    reader.finish();
    return layout;
  }

  std::vector<SiteUse> uses(TableReader& reader, const std::string& key) {
    std::vector<SiteUse> list;
    each_table(reader, key, [&](const Table& table, Span span) { list.push_back(use(table, span)); });
    return list;
  }

  SiteUse use(const Table& table, Span span) {
    TableReader reader(table, span, "a use", report_);
    SiteUse use;
    if (table.contains("path")) {
      use.name = reader.text("path").value_or("");
      if (auto read = pattern(reader, "path", use.name)) use.pattern.push_back(std::move(*read));
    } else {
      use.name = reader.text("site").value_or("");
    }
    for (const std::string& text : reader.texts("only", Need::kOptional)) {
      const auto equals = text.find('=');
      auto range = parse_range(equals == std::string::npos ? std::string_view{} : std::string_view(text).substr(equals + 1));
      if (auto* good = std::get_if<CaptureRange>(&range)) {
        use.filters.push_back({text.substr(0, equals), std::move(*good)});
      } else {
        reader.bad_value("only", "`label=value`");
      }
    }
    use.origin = origin(reader);
    reader.finish();
    return use;
  }

  std::optional<Statement> statement(const Table& table, Span span) {
    TableReader reader(table, span, "a statement", report_);
    const auto kind = reader.text("kind");
    if (!kind) return std::nullopt;
    std::optional<Statement> read = body(reader, *kind);
    if (!read) return std::nullopt;
    std::visit([&](auto& s) { s.origin = origin(reader); }, *read);
    reader.finish();
    return read;
  }

  std::optional<Statement> body(TableReader& reader, const std::string& kind) {
    if (kind == "prune") return Prune{uses(reader, "sites"), {}};
    if (kind == "skip") return Skip{uses(reader, "sites"), {}};
    if (kind == "skip-first") return SkipEnd{End::kFirst, whole(reader, "count", 1), uses(reader, "of"), {}};
    if (kind == "skip-last") return SkipEnd{End::kLast, whole(reader, "count", 1), uses(reader, "of"), {}};
    if (kind == "tie") return tie(reader);
    if (kind == "divisible") return Divisible{whole(reader, "multiple", 1), rounding(reader), uses(reader, "of"), {}};
    if (kind == "tie-from-graph") return TieFromGraph{policy(reader), {}};
    if (kind == "concat-propagate") return ConcatPropagate{uses(reader, "sites"), policy(reader), uses(reader, "carrying"), {}};
    if (kind == "concat-select") return ConcatSelect{uses(reader, "sites"), {}};
    if (kind == "groups") return Groups{word(reader, "rule", {GroupRule::kKeep, GroupRule::kDrop}), uses(reader, "of"), {}};
    if (kind == "shuffles") return Shuffles{word(reader, "rule", {ShuffleRule::kKeep, ShuffleRule::kSelect}), {}};
    if (kind == "keep-at-least") return KeepAtLeast{bound(reader), uses(reader, "of"), {}};
    if (kind == "remove-at-most") return RemoveAtMost{share(reader, "fraction"), uses(reader, "of"), {}};
    if (kind == "ratio") return Ratio{amount(reader, "fraction", 1), flag(reader, "exact"), {}};
    if (kind == "threshold") return Threshold{amount(reader, "value", std::numeric_limits<double>::infinity()), {}};
    if (kind == "budget") {
      const Resource resource = word(reader, "resource", {Resource::kChannels, Resource::kParams, Resource::kMacs, Resource::kLatency});
      return Budget{resource, share(reader, "fraction"), {}};
    }
    if (kind == "rank") return rank(reader);
    if (kind == "score") {
      const ScoreKind score = word(reader, "score", {ScoreKind::kGamma, ScoreKind::kWeightL1, ScoreKind::kWeightL2});
      return Score{
          score, word(reader, "normalised_by", {Normalisation::kNone, Normalisation::kMax, Normalisation::kMean, Normalisation::kL2}), {}};
    }
    report_.add(Code::kP0404, reader.span_of("kind"), "no statement is of the kind `" + kind + "`",
                did_you_mean(kind, {"prune", "skip", "skip-first", "skip-last", "tie", "tie-from-graph", "concat-propagate",
                                    "concat-select", "groups", "shuffles", "divisible", "keep-at-least", "remove-at-most", "ratio",
                                    "threshold", "budget", "rank", "score"}));
    return std::nullopt;
  }

  Statement tie(TableReader& reader) {
    Tie tie;
    tie.sites = uses(reader, "sites");
    tie.across = reader.texts("across", Need::kOptional);
    tie.policy = policy(reader);
    tie.carrying = uses(reader, "carrying");
    tie.even_if_unrelated = flag(reader, "even_if_unrelated");
    return tie;
  }

  Policy policy(TableReader& reader) {
    const auto policy = policy_named(reader.text("by").value_or("mean"));
    if (!policy) reader.bad_value("by", "one of " + quoted_list(policy_names()));
    return policy.value_or(Policy::kMean);
  }

  Rounding rounding(TableReader& reader) { return word(reader, "round", {Rounding::kUp, Rounding::kDown, Rounding::kNearest}); }

  Rank rank(TableReader& reader) {
    Rank rank;
    rank.scope = word(reader, "scope", {RankScope::kGlobal, RankScope::kPerLabel, RankScope::kPerSite});
    if (rank.scope == RankScope::kPerLabel) rank.label = reader.text("label").value_or("");
    return rank;
  }

  WidthBound bound(TableReader& reader) {
    if (reader.has("fraction")) return share(reader, "fraction");
    return whole(reader, "count", 0);
  }

  /// The one of `choices` whose name is the value of `key`.
  template <typename Enum>
  Enum word(TableReader& reader, const std::string& key, std::initializer_list<Enum> choices) {
    const std::string text = reader.text(key).value_or("");
    std::vector<std::string> names;
    for (const Enum choice : choices) {
      if (text == to_string(choice)) return choice;
      names.emplace_back(to_string(choice));
    }
    reader.bad_value(key, "one of " + quoted_list(names));
    return *choices.begin();
  }

  bool flag(TableReader& reader, const std::string& key) { return reader.boolean(key, Need::kOptional).value_or(false); }

  double share(TableReader& reader, const std::string& key) {
    const double value = reader.number(key).value_or(0);
    if (!(value >= 0 && value <= 1)) reader.bad_value(key, "a number from 0 to 1");
    return value;
  }

  double amount(TableReader& reader, const std::string& key, double bound) {
    const double value = reader.number(key).value_or(0);
    if (!(value >= 0 && value < bound))
      reader.bad_value(key, bound == 1 ? "a number from 0 up to but not including 1" : "a number that is not negative");
    return value;
  }

  toml_text::Report report_;
};

}  // namespace

Outcome<ConstraintPlan> read_plan(std::shared_ptr<const SourceFile> source) {
  return Reader(std::move(source)).run();
}

}  // namespace prunec
