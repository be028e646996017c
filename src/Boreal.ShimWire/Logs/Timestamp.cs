namespace Boreal.ShimWire.Logs;

/// <summary>Times as nanoseconds since 1970 (UTC), written as RFC 3339 with only the fraction digits needed.</summary>
public static class Timestamp
{
    /// <summary>Room that <see cref="Format"/> needs.</summary>
    public const int MaxBytes = 30;

    private const long NanosecondsPerSecond = 1_000_000_000;

    public static int Format(long nanoseconds, Span<byte> target)
    {
        var time = DateTime.UnixEpoch.AddSeconds(nanoseconds / NanosecondsPerSecond);
        var position = Digits(target, 0, time.Year, 4, (byte)'-');
        position = Digits(target, position, time.Month, 2, (byte)'-');
        position = Digits(target, position, time.Day, 2, (byte)'T');
        position = Digits(target, position, time.Hour, 2, (byte)':');
        position = Digits(target, position, time.Minute, 2, (byte)':');
        position = Digits(target, position, time.Second, 2, (byte)'.');
        position = Digits(target, position, (int)(nanoseconds % NanosecondsPerSecond), 9, (byte)'0') - 1;
        while (target[position - 1] == (byte)'0') position--;
        if (target[position - 1] == (byte)'.') position--;
        target[position++] = (byte)'Z';
        return position;
    }

    /// <summary>Reads RFC 3339 with up to nine fraction digits, ending in Z.</summary>
    public static bool TryParse(ReadOnlySpan<byte> text, out long nanoseconds)
    {
        nanoseconds = 0;
        if (text.Length < 20 || text[^1] != (byte)'Z') return false;
        if (!Number(text[..4], out var year) || !Number(text[5..7], out var month) || !Number(text[8..10], out var day)
            || !Number(text[11..13], out var hour) || !Number(text[14..16], out var minute) || !Number(text[17..19], out var second)
            || year is 0 || month is < 1 or > 12 || day is < 1 || day > DateTime.DaysInMonth(year, month) || hour > 23 || minute > 59 || second > 59)
            return false;
        long fraction = 0;
        if (text[19] == (byte)'.')
        {
            var digits = text[20..^1];
            if (digits.Length is 0 or > 9 || !Number(digits, out var value)) return false;
            fraction = value;
            for (var i = digits.Length; i < 9; i++) fraction *= 10;
        }

        var whole = new DateTime(year, month, day, hour, minute, second, DateTimeKind.Utc) - DateTime.UnixEpoch;
        nanoseconds = (whole.Ticks * 100) + fraction;
        return true;
    }

    private static int Digits(Span<byte> target, int position, int value, int count, byte after)
    {
        for (var i = count - 1; i >= 0; i--, value /= 10) target[position + i] = (byte)('0' + (value % 10));
        target[position + count] = after;
        return position + count + 1;
    }

    private static bool Number(ReadOnlySpan<byte> digits, out int value)
    {
        value = 0;
        foreach (var digit in digits)
        {
            if (digit is < (byte)'0' or > (byte)'9') return false;
            value = (value * 10) + (digit - '0');
        }

        return true;
    }
}
