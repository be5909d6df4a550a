namespace IoTNet
{
    public sealed partial class Resolver
    {
        // getnameinfo's NI_NOFQDN: the board's own domain is the first one that it searches.
        internal string WithoutDomain(string name)
        {
            string[] search = _options.Search;
            if (search == null || search.Length == 0)
            {
                return name;
            }

            string domain = "." + search[0];
            domain = domain[domain.Length - 1] == '.' ? domain.Substring(0, domain.Length - 1) : domain;
            int start = name.Length - domain.Length;
            return start > 0 && domain.Length > 1 && name.Substring(start).ToLower() == domain.ToLower()
                ? name.Substring(0, start)
                : name;
        }
    }
}
