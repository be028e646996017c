namespace Boreal.Build.Builds;

/// <summary>For one registry. Without a user name the secret is an identity token.</summary>
internal sealed record BuildCredentials(string UserName, string Secret)
{
    public override string ToString() => $"credentials of {UserName}";
}
