using System.Globalization;

namespace Boreal.Daemon.Endpoints.Containers.Create;

/// <summary>Sizes as people write them: <c>10m</c>, <c>1.5GiB</c>, <c>512</c>; powers of 1024.</summary>
internal static class ByteSize
{
    /// <summary>Bytes, or null when it is no size.</summary>
    public static long? TryParse(string text)
    {
        var end = text.AsSpan().LastIndexOfAnyInRange('0', '9') + 1;
        if (end == 0 || !double.TryParse(text.AsSpan(0, end), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number))
            return null;
        var unit = text[end..].Trim().ToLowerInvariant();
        var shift = unit switch
        {
            "" or "b" => 0,
            "k" or "kb" or "kib" => 10,
            "m" or "mb" or "mib" => 20,
            "g" or "gb" or "gib" => 30,
            "t" or "tb" or "tib" => 40,
            "p" or "pb" or "pib" => 50,
            _ => -1,
        };
        return shift < 0 ? null : (long)(number * (1L << shift));
    }
}
