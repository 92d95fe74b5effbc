"""A whole morning at one entrance, played against the running system.

``town`` fills a prison with families and staff, ``people`` are their scripts, ``play``
lets them meet on a clock that runs faster, ``compared`` lays the script's own record
beside what the system says.
"""
