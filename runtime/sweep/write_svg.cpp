// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

#include <algorithm>
#include <cstdio>
#include <functional>

#include "runtime/sweep/write.h"

namespace prunec {

namespace {

constexpr double kLeft = 220, kTop = 56, kChartWidth = 480, kChartHeight = 260, kRowHeight = 14;

std::string number(double value) {
  char text[32];
  std::snprintf(text, sizeof text, "%.2f", value);
  return text;
}

std::string escaped(const std::string& text) {
  std::string out;
  for (const char c : text) {
    if (c == '&') {
      out += "&amp;";
    } else if (c == '<') {
      out += "&lt;";
    } else if (c == '>') {
      out += "&gt;";
    } else if (static_cast<unsigned char>(c) >= ' ') {
      out += c;
    }
  }
  return out;
}

std::string text_at(double x, double y, const std::string& text, const std::string& anchor = "start") {
  return "<text x=\"" + number(x) + "\" y=\"" + number(y) + "\" text-anchor=\"" + anchor + "\">" + escaped(text) + "</text>\n";
}

double share(std::int64_t part, std::int64_t whole) {
  return whole > 0 ? static_cast<double>(part) / static_cast<double>(whole) : 0;
}

/// The whole model and the points, the dearest first.
std::vector<SweepPoint> along(const Sweep& sweep) {
  std::vector<SweepPoint> points = sweep.points;
  SweepPoint whole{1, 1, 1, 0.0, sweep.before, sweep.widths};
  points.push_back(std::move(whole));
  std::stable_sort(points.begin(), points.end(), [](const SweepPoint& a, const SweepPoint& b) { return a.used > b.used; });
  return points;
}

struct Line {
  const char* name;
  const char* colour;
  std::function<double(const SweepPoint&)> value;
};

std::string chart(const Sweep& sweep, const std::vector<SweepPoint>& points) {
  const std::vector<Line> lines{
      {"kept score", "#1b7837", [](const SweepPoint& p) { return p.kept_score; }},
      {"MACs", "#2166ac", [&](const SweepPoint& p) { return share(p.usage.macs, sweep.before.macs); }},
      {"parameters", "#b35806", [&](const SweepPoint& p) { return share(p.usage.parameters, sweep.before.parameters); }},
      {"channels", "#762a83", [&](const SweepPoint& p) { return share(p.usage.channels, sweep.before.channels); }}};
  const auto x = [](double used) { return kLeft + kChartWidth * used; };
  const auto y = [](double value) { return kTop + kChartHeight * (1 - value); };
  std::string svg;
  for (int tenth = 0; tenth <= 10; tenth += 2) {
    const double at = tenth / 10.0;
    const std::string label = std::to_string(tenth * 10) + "%";
    svg += "<path class=\"grid\" d=\"M" + number(x(0)) + " " + number(y(at)) + "H" + number(x(1)) + "M" + number(x(at)) + " " +
           number(y(0)) + "V" + number(y(1)) + "\"/>\n" + text_at(x(0) - 8, y(at) + 4, label, "end") +
           text_at(x(at), y(0) + 18, label, "middle");
  }
  double legend = kTop + 12;
  for (const Line& line : lines) {
    std::string path, marks;
    for (const SweepPoint& point : points) {
      const std::string place = number(x(point.used)) + " " + number(y(line.value(point)));
      path += (path.empty() ? "M" : "L") + place;
      marks +=
          "<circle cx=\"" + number(x(point.used)) + "\" cy=\"" + number(y(line.value(point))) + "\" r=\"3\" fill=\"" + line.colour + "\"/>";
    }
    svg += "<path d=\"" + path + "\" fill=\"none\" stroke=\"" + line.colour + "\" stroke-width=\"2\"/>" + marks + "\n";
    svg += "<rect x=\"" + number(x(1) + 16) + "\" y=\"" + number(legend - 8) + "\" width=\"10\" height=\"10\" fill=\"" + line.colour +
           "\"/>" + text_at(x(1) + 32, legend + 1, line.name);
    legend += 18;
  }
  return svg + text_at(x(0.5), y(0) + 36, "used of the " + sweep.resource, "middle");
}

std::string layers(const Sweep& sweep, const std::vector<SweepPoint>& points, double top) {
  const double column = kChartWidth / static_cast<double>(points.size());
  std::string svg;
  for (std::size_t p = 0; p < points.size(); ++p)
    svg += text_at(kLeft + column * (static_cast<double>(p) + 0.5), top - 6, number(100 * points[p].used) + "%", "middle");
  for (std::size_t i = 0; i < sweep.layers.size(); ++i) {
    const double y = top + kRowHeight * static_cast<double>(i);
    svg += text_at(kLeft - 8, y + 11, sweep.layers[i], "end");
    for (std::size_t p = 0; p < points.size(); ++p) {
      const double kept = share(points[p].widths[i], sweep.widths[i]);
      const double x = kLeft + column * static_cast<double>(p);
      svg += "<rect x=\"" + number(x) + "\" y=\"" + number(y) + "\" width=\"" + number(column - 1) + "\" height=\"" +
             number(kRowHeight - 1) + "\" fill=\"#2166ac\" fill-opacity=\"" + number(kept) + "\"><title>" + escaped(sweep.layers[i]) +
             ": " + std::to_string(points[p].widths[i]) + " of " + std::to_string(sweep.widths[i]) + "</title></rect>";
    }
    svg += "\n";
  }
  return svg;
}

}  // namespace

std::string sweep_svg(const Sweep& sweep) {
  const std::vector<SweepPoint> points = along(sweep);
  const double rows = kTop + kChartHeight + 84;
  const double height = rows + kRowHeight * static_cast<double>(sweep.layers.size()) + 20;
  return "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"840\" height=\"" + number(height) + "\" viewBox=\"0 0 840 " + number(height) +
         "\" font-family=\"sans-serif\" font-size=\"11\">\n<style>.grid{stroke:#ddd}</style>\n<rect width=\"100%\" height=\"100%\" "
         "fill=\"#fff\"/>\n" +
         text_at(16, 24, sweep.architecture + ", strategy " + sweep.strategy + ": what stays at a budget of " + sweep.resource) +
         chart(sweep, points) + text_at(16, rows - 24, "width of each layer, as a share of the original's") + layers(sweep, points, rows) +
         "</svg>\n";
}

}  // namespace prunec
