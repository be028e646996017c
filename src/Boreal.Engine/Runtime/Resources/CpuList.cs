using System.Globalization;

namespace Boreal.Engine.Runtime.Resources;

/// <summary>The kernel's list format <c>0-2,7</c>, see cpuset(7).</summary>
public static class CpuList
{
    // Enough for any machine, and little enough that a hostile range cannot fill the memory.
    private const int Maximum = 8192;

    public static bool TryParse(string text, out IReadOnlySet<int> numbers)
    {
        var found = new HashSet<int>();
        numbers = found;
        if (text.Length == 0) return true;
        foreach (var part in text.Split(','))
        {
            var ends = part.Split('-');
            if (ends.Length > 2 || !TryNumber(ends[0], out var first) || !TryNumber(ends[^1], out var last) || last < first) return false;
            for (var number = first; number <= last; number++) found.Add(number);
        }

        return true;
    }

    private static bool TryNumber(string text, out int number) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number) && number < Maximum;
}
