using System.Globalization;
using System.Text;
using Boreal.Cli.Templates.Values;
using Boreal.Notation;

namespace Boreal.Cli.Templates.Functions;

/// <summary>One <c>%</c> directive: flags, width, precision, letter.</summary>
internal readonly record struct FormatVerb(char Letter, string Flags, int Width, int? Precision)
{
    public static FormatVerb Read(string format, ref int at, Func<int> star)
    {
        var flags = new StringBuilder();
        at++;
        while (at < format.Length && format[at] is '-' or '+' or '#' or ' ' or '0') flags.Append(format[at++]);
        var width = Number(format, ref at, star) ?? 0;
        int? precision = null;
        if (at < format.Length && format[at] is '.')
        {
            at++;
            precision = Number(format, ref at, star) ?? 0;
        }

        if (width < 0)
        {
            flags.Append('-');
            width = -width;
        }

        return new FormatVerb(at < format.Length ? format[at] : '\0', flags.ToString(), width, precision);
    }

    public string Apply(Value value)
    {
        var text = (Letter, value) switch
        {
            ('v', _) => value.Print(),
            ('s', TextValue or ListValue or MapValue or StructValue or RowValue) => Cut(value.Print()),
            ('q', TextValue quoted) => GoText.Quote(Cut(quoted.Text)),
            ('t', BooleanValue) => value.Print(),
            ('T', _) => value.TypeName,
            ('d', NumberValue { AsInteger: { } whole }) => Signed(whole.ToString(CultureInfo.InvariantCulture)),
            ('x', NumberValue { AsInteger: { } whole }) => (Flags.Contains('#') ? "0x" : "") + whole.ToString("x", CultureInfo.InvariantCulture),
            ('X', NumberValue { AsInteger: { } whole }) => (Flags.Contains('#') ? "0X" : "") + whole.ToString("X", CultureInfo.InvariantCulture),
            ('o', NumberValue { AsInteger: { } whole }) => (Flags.Contains('#') ? "0" : "") + Convert.ToString(whole, 8),
            ('b', NumberValue { AsInteger: { } whole }) => Convert.ToString(whole, 2),
            ('c', NumberValue { AsInteger: { } whole }) when Rune.IsValid((int)whole) => new Rune((int)whole).ToString(),
            ('x', TextValue hex) => Convert.ToHexStringLower(Encoding.UTF8.GetBytes(hex.Text)),
            ('X', TextValue hex) => Convert.ToHexString(Encoding.UTF8.GetBytes(hex.Text)),
            ('f' or 'F', NumberValue { AsInteger: null } number) => Signed(number.AsDouble.ToString($"F{Precision ?? 6}", CultureInfo.InvariantCulture)),
            ('e', NumberValue { AsInteger: null } number) => number.AsDouble.ToString($"0.{new string('0', Precision ?? 6)}e+00", CultureInfo.InvariantCulture),
            ('g', NumberValue { AsInteger: null } number) => number.Print(),
            _ => $"%!{Letter}({value.TypeName}={value.Print()})",
        };
        return Fill(text, value);
    }

    private static int? Number(string format, ref int at, Func<int> star)
    {
        if (at < format.Length && format[at] is '*')
        {
            at++;
            return star();
        }

        var start = at;
        while (at < format.Length && char.IsAsciiDigit(format[at])) at++;
        return at > start ? int.Parse(format.AsSpan(start, at - start), NumberStyles.None, CultureInfo.InvariantCulture) : null;
    }

    private string Signed(string digits) =>
        digits[0] is '-' ? digits : Flags.Contains('+') ? "+" + digits : Flags.Contains(' ') ? " " + digits : digits;

    private string Cut(string text)
    {
        if (Precision is not { } most) return text;
        var runes = text.EnumerateRunes().Take(most);
        return string.Concat(runes.Select(rune => rune.ToString()));
    }

    private string Fill(string text, Value value)
    {
        var missing = Width - text.EnumerateRunes().Count();
        if (missing <= 0) return text;
        if (Flags.Contains('-')) return text + new string(' ', missing);
        if (!Flags.Contains('0')) return new string(' ', missing) + text;
        var sign = value is NumberValue && text[0] is '-' or '+' ? 1 : 0;
        return text[..sign] + new string('0', missing) + text[sign..];
    }
}
