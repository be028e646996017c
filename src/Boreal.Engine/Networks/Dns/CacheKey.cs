using System.Text;

namespace Boreal.Engine.Networks.Dns;

/// <summary>Questions with the same key get the same answer: same servers, same name, type and abilities of the sender.</summary>
internal readonly record struct CacheKey(string Servers, string Question, bool HasOptions, bool WantsSignatures, ushort Flags)
{
    private const ushort RecursionDesired = 0x0100;
    private const ushort CheckingDisabled = 0x0010;
    private const ushort AuthenticData = 0x0020;

    public static CacheKey Of(in Query query, string servers)
    {
        Span<byte> question = stackalloc byte[Query.MaxNameLength + 4];
        question = question[..query.Question.Length];
        query.Question.CopyTo(question);
        foreach (ref var letter in question[..^4])
        {
            if (letter is >= (byte)'A' and <= (byte)'Z') letter |= 0x20;
        }

        return new CacheKey(servers, Encoding.Latin1.GetString(question), query.HasOptions, query.WantsSignatures,
            (ushort)(query.Flags & (RecursionDesired | CheckingDisabled | AuthenticData)));
    }
}
