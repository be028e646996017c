using System.Globalization;
using System.Text.Json;
using Boreal.Notation;
using Boreal.Orchestrator.Errors;

namespace Boreal.Orchestrator.Scaling.Settings;

/// <summary>A mapping a person wrote, read key by key. Numbers may be written as text: labels know nothing else.</summary>
internal readonly struct SettingsObject
{
    private readonly string _place;
    private readonly JsonElement _written;

    private SettingsObject(string place, JsonElement written) => (_place, _written) = (place, written);

    /// <param name="place">Where it stands, for errors.</param>
    /// <param name="written">What stands there.</param>
    /// <param name="known">The keys it may have; null: any.</param>
    internal static SettingsObject Of(string place, JsonElement written, params string[]? known)
    {
        if (written.ValueKind is not JsonValueKind.Object) throw Wrong(place, "is no mapping");
        foreach (var key in written.EnumerateObject())
        {
            if (known is not null && !known.Contains(key.Name) && !key.Name.StartsWith("x-", StringComparison.Ordinal))
                throw Wrong($"{place}.{key.Name}", $"is not known; known are {string.Join(", ", known)}");
        }
        return new(place, written);
    }

    internal static AppException Wrong(string place, string problem) => new(AppErrorKind.Invalid, $"{place}: {problem}");

    internal string Place(string key) => key.Length is 0 ? _place : $"{_place}.{key}";

    internal AppException Invalid(string key, string problem) => Wrong(Place(key), problem);

    internal JsonElement? Member(string key) =>
        _written.TryGetProperty(key, out var value) && value.ValueKind is not JsonValueKind.Null ? value : null;

    internal IReadOnlyList<JsonElement> List(string key, int most)
    {
        if (Member(key) is not { } value) return [];
        if (value.ValueKind is not JsonValueKind.Array) throw Invalid(key, "is no list");
        return value.GetArrayLength() <= most ? [.. value.EnumerateArray()] : throw Invalid(key, $"has more than {most} entries");
    }

    internal string Text(string key, string otherwise) => Member(key) switch
    {
        null => otherwise,
        { ValueKind: JsonValueKind.String } value => value.GetString() ?? otherwise,
        { ValueKind: JsonValueKind.Number } value => value.GetRawText(),
        _ => throw Invalid(key, "is no text"),
    };

    internal int Whole(string key, int otherwise, int least, int most)
    {
        if (Member(key) is null) return otherwise;
        var text = Text(key, "");
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value) && value >= least && value <= most
            ? value
            : throw Invalid(key, $"\"{text}\" is no whole number from {least} to {most}");
    }

    internal double Number(string key, double otherwise, double least)
    {
        if (Member(key) is null) return otherwise;
        var text = Text(key, "");
        return double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value) && value >= least && double.IsFinite(value)
            ? value
            : throw Invalid(key, $"\"{text}\" is no number above zero");
    }

    /// <summary><c>60%</c> or <c>0.6</c>.</summary>
    internal double Share(string key, double otherwise, double least)
    {
        if (Member(key) is null) return otherwise;
        var text = Text(key, "");
        var percent = text.EndsWith('%');
        return double.TryParse(percent ? text.AsSpan(0, text.Length - 1) : text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value)
            && (percent ? value / 100 : value) is var share && share >= least && share <= 100
            ? share
            : throw Invalid(key, $"\"{text}\" is no share, as 60% or 0.6");
    }

    internal TimeSpan Duration(string key, TimeSpan otherwise, TimeSpan least)
    {
        if (Member(key) is null) return otherwise;
        var text = Text(key, "");
        return GoDuration.TryParse(text, out var nanoseconds) && TimeSpan.FromTicks(nanoseconds / TimeSpan.NanosecondsPerTick) is var time && time >= least
            ? time
            : throw Invalid(key, $"\"{text}\" is no duration{(least > TimeSpan.Zero ? $" of at least {least.TotalMilliseconds:0} ms" : "")}, as 30s or 500ms");
    }
}
