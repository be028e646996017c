namespace Boreal.Engine.Networks.Dns;

/// <summary>What a question asks for, as far as it matters here.</summary>
internal enum RecordType : ushort
{
    Address4 = 1,
    StartOfAuthority = 6,
    Pointer = 12,
    Address6 = 28,

    /// <summary>EDNS: not a record but the sender's abilities.</summary>
    Options = 41,
}
