namespace Boreal.Engine.Networks.Dns;

/// <summary>How a question ended, see RFC 1035.</summary>
internal enum ResponseCode : ushort
{
    Success = 0,
    FormatError = 1,
    ServerFailure = 2,
    NoSuchName = 3,
    NotImplemented = 4,
    Refused = 5,
}
