using System.Globalization;
using System.Text;
using Boreal.Cli.Templates.Values;

namespace Boreal.Cli.Templates.Functions;

/// <summary>Go's Sprint, Sprintln and Sprintf over template values.</summary>
internal static class Printing
{
    /// <summary>A space goes between two operands when neither is text.</summary>
    public static string Print(IReadOnlyList<Value> values)
    {
        var output = new StringBuilder();
        for (var i = 0; i < values.Count; i++)
        {
            if (i > 0 && values[i] is not TextValue && values[i - 1] is not TextValue) output.Append(' ');
            output.Append(values[i].Print());
        }

        return output.ToString();
    }

    public static string PrintLine(IReadOnlyList<Value> values) => string.Join(' ', values.Select(value => value.Print())) + "\n";

    public static string Format(string format, IReadOnlyList<Value> values)
    {
        var output = new StringBuilder();
        var next = 0;
        for (var i = 0; i < format.Length; i++)
        {
            if (format[i] is not '%')
            {
                output.Append(format[i]);
                continue;
            }

            var verb = FormatVerb.Read(format, ref i, () => next < values.Count && values[next++] is NumberValue { AsInteger: { } width } ? (int)width : 0);
            if (verb.Letter is '%') output.Append('%');
            else if (verb.Letter is '\0') output.Append("%!(NOVERB)");
            else if (next >= values.Count) output.Append(CultureInfo.InvariantCulture, $"%!{verb.Letter}(MISSING)");
            else output.Append(verb.Apply(values[next++]));
        }

        if (next < values.Count)
            output.Append("%!(EXTRA ").AppendJoin(", ", values.Skip(next).Select(value => $"{value.TypeName}={value.Print()}")).Append(')');
        return output.ToString();
    }
}
