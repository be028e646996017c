using System.Text;

namespace Boreal.Compose.Yaml;

/// <summary>The order in which stock compose prints keys: numbers inside names by value, letters after other signs.</summary>
internal sealed class NaturalKeyOrder : IComparer<string>
{
    public static NaturalKeyOrder Instance { get; } = new();

    public int Compare(string? x, string? y)
    {
        var left = (x ?? "").EnumerateRunes().ToArray();
        var right = (y ?? "").EnumerateRunes().ToArray();
        var digits = false;
        for (var at = 0; at < left.Length && at < right.Length; at++)
        {
            if (left[at] == right[at])
            {
                digits = Rune.IsDigit(left[at]);
                continue;
            }

            var (leftIsLetter, rightIsLetter) = (Rune.IsLetter(left[at]), Rune.IsLetter(right[at]));
            if (leftIsLetter && rightIsLetter) return left[at].CompareTo(right[at]);
            if (leftIsLetter || rightIsLetter) return digits ? (leftIsLetter ? -1 : 1) : (rightIsLetter ? -1 : 1);
            return Numbers(left, right, at);
        }

        return left.Length.CompareTo(right.Length);
    }

    private static int Numbers(Rune[] left, Rune[] right, int at)
    {
        long leftNumber = 0, rightNumber = 0;
        if (left[at].Value is '0' || right[at].Value is '0')
        {
            for (var back = at - 1; back >= 0 && Rune.IsDigit(left[back]); back--)
            {
                if (left[back].Value is '0') continue;
                leftNumber = rightNumber = 1;
                break;
            }
        }

        int leftEnd = at, rightEnd = at;
        for (; leftEnd < left.Length && Rune.IsDigit(left[leftEnd]); leftEnd++) leftNumber = unchecked(leftNumber * 10 + left[leftEnd].Value - '0');
        for (; rightEnd < right.Length && Rune.IsDigit(right[rightEnd]); rightEnd++) rightNumber = unchecked(rightNumber * 10 + right[rightEnd].Value - '0');
        if (leftNumber != rightNumber) return leftNumber.CompareTo(rightNumber);
        if (leftEnd != rightEnd) return leftEnd.CompareTo(rightEnd);
        return left[at].CompareTo(right[at]);
    }
}
