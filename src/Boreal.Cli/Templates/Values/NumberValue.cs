using System.Globalization;

namespace Boreal.Cli.Templates.Values;

/// <summary>A number as written; whole numbers compare and format as integers.</summary>
internal sealed class NumberValue(string digits) : Value
{
    public NumberValue(long number)
        : this(number.ToString(CultureInfo.InvariantCulture))
    {
    }

    public override bool IsTrue => AsDouble is not 0;

    public override string TypeName => AsInteger is null ? "float64" : "int";

    public long? AsInteger =>
        long.TryParse(digits, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number
        : digits.StartsWith("0x", StringComparison.OrdinalIgnoreCase)
          && long.TryParse(digits.AsSpan(2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var hex) ? hex : null;

    public double AsDouble =>
        AsInteger is { } whole ? whole : double.TryParse(digits, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : 0;

    public override string Print() => AsInteger is { } whole ? whole.ToString(CultureInfo.InvariantCulture) : digits;

    public override string Json() => Print();
}
