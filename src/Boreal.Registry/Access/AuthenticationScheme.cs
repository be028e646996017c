namespace Boreal.Registry.Access;

/// <summary>What a client without credentials is told to use.</summary>
public enum AuthenticationScheme
{
    Basic,
    Token,
}
