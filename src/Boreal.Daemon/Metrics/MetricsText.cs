using System.Buffers;
using System.Globalization;
using System.Text;
using Boreal.Engine.Measuring;

namespace Boreal.Daemon.Metrics;

/// <summary>
/// Metrics as Prometheus reads them: its text format 0.0.4, or OpenMetrics 1.0. They differ in how a counter's family is named, in
/// one type, and in the end mark.
/// </summary>
internal sealed class MetricsText(bool isOpenMetrics)
{
    private const string CounterSuffix = "_total";
    private const string InformationSuffix = "_info";

    private readonly ArrayBufferWriter<byte> _output = new(16 << 10);
    private string _name = "";

    public static string ContentType(bool isOpenMetrics) => isOpenMetrics
        ? "application/openmetrics-text; version=1.0.0; charset=utf-8"
        : "text/plain; version=0.0.4; charset=utf-8";

    /// <summary>Samples of a value that only grows follow. The name ends in <c>_total</c>.</summary>
    public void Counter(string name, string help) => Begin(name, CounterSuffix, "counter", help);

    /// <summary>Samples of a value that goes up and down follow.</summary>
    public void Gauge(string name, string help) => Begin(name, "", "gauge", help);

    /// <summary>Samples that are always 1 and whose labels tell something follow. The name ends in <c>_info</c>.</summary>
    public void Information(string name, string help) => Begin(name, isOpenMetrics ? InformationSuffix : "", isOpenMetrics ? "info" : "gauge", help);

    /// <summary>Histograms follow.</summary>
    public void Histogram(string name, string help) => Begin(name, "", "histogram", help);

    public void Sample(double value, params ReadOnlySpan<(string Name, string Value)> labels) => Line("", value, labels);

    public void Sample(HistogramReading value, params ReadOnlySpan<(string Name, string Value)> labels)
    {
        (string, string)[] bounded = [.. labels, ("le", "")];
        foreach (var (bound, count) in value.Buckets)
        {
            bounded[^1] = ("le", Number(bound, isBound: true));
            Line("_bucket", count, bounded);
        }
        bounded[^1] = ("le", "+Inf");
        Line("_bucket", value.Count, bounded);
        Line("_sum", value.Sum, labels);
        Line("_count", value.Count, labels);
    }

    public ReadOnlyMemory<byte> End()
    {
        if (isOpenMetrics)
            Write("# EOF\n");
        return _output.WrittenMemory;
    }

    private void Begin(string name, string suffix, string type, string help)
    {
        if (!name.EndsWith(suffix, StringComparison.Ordinal))
            throw new ArgumentException($"the name of this {type} ends in {suffix}", nameof(name));
        _name = name;
        var family = isOpenMetrics ? name[..^suffix.Length] : name;
        Write($"# HELP {family} {Escape(help, isLabel: false)}\n# TYPE {family} {type}\n");
    }

    private void Line(string suffix, double value, ReadOnlySpan<(string Name, string Value)> labels)
    {
        Write(_name);
        Write(suffix);
        for (var at = 0; at < labels.Length; at++)
            Write($"{(at == 0 ? '{' : ',')}{labels[at].Name}=\"{Escape(labels[at].Value, isLabel: true)}\"");
        Write(labels.IsEmpty ? " " : "} ");
        Write(Number(value, isBound: false));
        Write("\n");
    }

    // OpenMetrics wants bounds as floating point numbers, and always alike.
    private static string Number(double value, bool isBound) => value switch
    {
        double.PositiveInfinity => "+Inf",
        double.NegativeInfinity => "-Inf",
        double.NaN => "NaN",
        _ when isBound && double.IsInteger(value) => value.ToString("F1", CultureInfo.InvariantCulture),
        _ => value.ToString("R", CultureInfo.InvariantCulture),
    };

    private string Escape(string text, bool isLabel)
    {
        if (text.AsSpan().IndexOfAny('\\', '\n', '"') < 0)
            return text;
        text = text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal);
        // In help only OpenMetrics escapes them.
        return isLabel || isOpenMetrics ? text.Replace("\"", "\\\"", StringComparison.Ordinal) : text;
    }

    private void Write(string text) => Encoding.UTF8.GetBytes(text, _output);
}
