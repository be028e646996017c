namespace Boreal.Linux.Files;

/// <summary>Names by their bytes, which is not how strings compare once a name is outside the first plane or no UTF-8.</summary>
public static class PathOrder
{
    public static int Compare(string left, string right)
    {
        if (System.Text.Ascii.IsValid(left) && System.Text.Ascii.IsValid(right))
            return string.CompareOrdinal(left, right);
        return PathText.Encode(left).AsSpan().SequenceCompareTo(PathText.Encode(right));
    }
}
